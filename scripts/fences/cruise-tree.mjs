import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { cruise } from 'dependency-cruiser'
import rules from '../../.dependency-cruiser.mjs'

/** The rules: { name, comment (the reason), from, to }. */
export const fences = rules.forbidden

const SOURCE_ROOTS = ['server', 'gateway', 'sdk', 'examples', 'e2e', 'bench', 'scripts']
const SOURCE_FILE = /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx)$/
const NOT_SOURCE = new Set(['node_modules', 'dist', 'data'])

/**
 * Holds the import fences against the tree below a folder that is laid out as this repository.
 * `unseen` are source files that dependency-cruiser did not read: beside a TypeScript that it does not support it reads
 * none, finds no violation and calls that a success.
 * `otherOptions` override those of the configuration.
 */
export async function cruiseTree(folder, otherOptions = {}) {
  const sources = listSources(folder)
  const roots = SOURCE_ROOTS.filter((name) => sources.some((file) => file.startsWith(`${name}/`)))
  if (roots.length === 0) return { holds: false, moduleCount: 0, unseen: [], violations: [] }

  const { options, ...ruleSet } = rules
  const cruiseOptions = { ...options, ...otherOptions, ruleSet, validate: true, baseDir: folder }
  const { output } = await cruise(roots, cruiseOptions, options.enhancedResolveOptions)

  const read = new Set(output.modules.map((module) => module.source))
  const unseen = sources.filter((file) => !read.has(file))
  const violations = output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
  return { holds: violations.length + unseen.length === 0, moduleCount: sources.length, unseen, violations }
}

/** Paths relative to the folder, with forward slashes. */
function listSources(folder) {
  const inRoots = SOURCE_ROOTS.flatMap((name) => walk(join(folder, name)))
  return inRoots.map((file) => relative(folder, file)).filter((file) => SOURCE_FILE.test(file))
}

function walk(folder) {
  return entriesOf(folder).flatMap((entry) => {
    if (NOT_SOURCE.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })
}

function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}
