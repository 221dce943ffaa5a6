import type { RowName } from '../arguments.ts'
import type { Section } from './render.ts'
import { machineLine, TITLES, verdict } from './render.ts'

const MEANINGS: Readonly<Record<RowName, string>> = {
  'sign-in':
    'Sign-ins over HTTP against `gatepost serve` with Argon2id at its defaults, 8 connections, people whose browser is known. The limit is Argon2id alone: ' +
    'a process that verifies the same kind of hash, as many at a time as there are cores. Better Auth runs with its own scrypt and, to compare what is not hashing, with our Argon2id. ' +
    'Fastify with one route that verifies a password and does nothing else is what any server could reach beside this load generator. ' +
    'Load generator, server and database share the cores.',
  passwordless:
    'The same people on the same server sign in with a passkey (options, then an assertion of a software authenticator) and with an emailed code (asked for, delivered by SMTP, sent back), 8 connections, against their own password sign-ins. ' +
    'A walk counts once, as its last answer. Load generator, authenticator, mail server, Gatepost and database share the cores.',
  'one-core':
    'The server is kept on one core and the load generator on another, 64 connections without pipelining. The limit is Fastify answering `{"hello":"world"}` on that core. ' +
    'A rotation is `POST /auth/api/v1/tokens/refresh` with the newest token of its own session, answered after its commit is on disk; a look-up is `GET /auth/api/v1/user`, ' +
    'which verifies the token and asks the database whether the session still lives. Better Auth\'s look-up is `GET /api/auth/get-session`, also asked of its database. ' +
    'The resolver is `GET /auth/_resolver/resolve?mode=enforce`, which answers from memory and follows revocations beside. PostgreSQL is not kept on a core: it shares both.',
  provider:
    'The server is kept on one core and the load generator on another, 32 connections. The limit is `oidc-provider`, the library that Gatepost stands on, alone and in memory on that core: what it issues is lost with the process, ours is on disk before it is answered. ' +
    'Client credentials are issued as ES256 JWTs by both. A refresh rotates the newest token of its own grant; the code flow is an authorization request of somebody who is signed in and the redemption of its code, counted once; introspection is of an opaque access token. ' +
    'PostgreSQL is not kept on a core: it shares both.',
  overload:
    'Refreshes arrive at an even rate; latency counts from the instant at which each was due. Meanwhile sign-ins arrive, also on time, at ten times the rate that the hashes alone reach; a first such flood is not counted. ' +
    'Load generator, server and database share the cores.',
  start:
    'From starting the process, as `npm run build` makes it, to a 200 for `/auth/login`, on a database that is migrated; resident memory one second later. Median of 5 starts, alternating with Node + Fastify alone. From the sources is what a clone of the repository runs.',
  scale:
    'One sign-in after another, of people drawn at random from the whole table, most from a browser that is new to them (so each also queues a mail). Median time in the large table over median time in the small one.',
}

/** docs/benchmarks.md: ratios first, absolute numbers second. */
export function renderDocument(sections: readonly Section[], run: { given: readonly string[]; warning: string | undefined }): string {
  const { given, warning } = run
  const command = ['npm run bench', ...(given.length > 0 ? ['--', ...given] : [])].join(' ')
  const missed = sections.flatMap(({ findings }) => findings.filter((one) => one.isMet === false))
  return `${[
    '# Benchmarks',
    '',
    `Made by \`${command}\`. Every number is a ratio to a limit that was measured in the same run, alternating with it, as the median of the rounds; so it says something on another machine too.`,
    `The absolute numbers below are true of the machine that made them: ${machineLine()}.`,
    ...(warning ? ['', warning] : []),
    '',
    missed.length === 0 ? 'Every budget is met.' : `Missed: ${missed.map((one) => one.what).join('; ')}.`,
    '',
    '## Ratios',
    ...sections.flatMap(renderRatios),
    '',
    '## Absolute numbers, as of that machine',
    '',
    ...table(['what', 'measured'], sections.flatMap(({ findings }) => findings.map((one) => [one.what, one.absolute]))),
  ].join('\n')}\n`
}

function renderRatios({ row, findings }: Section): string[] {
  const lines = findings.map((one) => [one.what, one.measured, one.against, one.budget, verdict(one)])
  return ['', `### ${TITLES[row]}`, '', MEANINGS[row], '', ...table(['what', 'measured', 'against', 'budget', ''], lines)]
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...lines.map(line)]
}
