const TYPES = ['feat', 'fix', 'docs', 'test', 'refactor', 'perf', 'build', 'ci', 'chore', 'style', 'revert']

/** A scope is a top-level folder or a layer of the server; `repo` is for what lies in no folder. */
const FOLDERS = ['contracts', 'server', 'sdk', 'gateway', 'examples', 'deploy', 'e2e', 'bench', 'docs', 'scripts', 'ci', 'repo']
const LAYERS = ['cli', 'app', 'http', 'endpoints', 'jobs', 'flow', 'services', 'persistence', 'outbound', 'protocols', 'domain', 'platform', 'languages']
const SCOPES = [...FOLDERS, ...LAYERS]

const MAX_SUBJECT_CHARACTERS = 100
/** Git writes these subjects itself. */
const WRITTEN_BY_GIT = /^(Merge |Revert ")/
const CONVENTIONAL = /^(?<type>[a-z]+)\((?<scopes>[a-z0-9-]+(?:, ?[a-z0-9-]+)*)\)!?: (?<what>\S.*)$/

/** Why a commit's first line is not `type(scope): what changed` (conventionalcommits.org 1.0.0); undefined when it is. */
export function findMessageProblem(subject) {
  if (WRITTEN_BY_GIT.test(subject)) return undefined
  const match = CONVENTIONAL.exec(subject)
  if (match === null) return 'is not "type(scope): what changed"'

  const { type, scopes, what } = match.groups
  if (!TYPES.includes(type)) return `type "${type}" is none of ${TYPES.join(', ')}`
  const unknown = scopes.split(/, ?/).filter((scope) => !SCOPES.includes(scope))
  if (unknown.length > 0) return `scope "${unknown.join(', ')}" is none of ${SCOPES.join(', ')}`
  if (subject.length > MAX_SUBJECT_CHARACTERS) return `has ${subject.length} characters; at most ${MAX_SUBJECT_CHARACTERS}`
  if (what.endsWith('.')) return 'ends with a full stop'
  return undefined
}
