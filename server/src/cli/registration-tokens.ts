import { REGISTRATION_TOKEN_MAX_TTL_MS, REGISTRATION_TOKEN_MAX_USES, REGISTRATION_TOKEN_TTL_MS } from '../services/clients/index.ts'
import { readManyOptions } from './client-flags.ts'
import { InputProblem, refuseArguments, withApp } from './command.ts'

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 60 * 60_000, d: 24 * 60 * 60_000 }
const iso = (instant: number) => new Date(instant).toISOString()

/** Initial access tokens of RFC 7591: docs/client-registration.md. */
export async function registrationTokens([action, ...args]: readonly string[], usage: string): Promise<number> {
  if (action === 'create') return create(args)
  if (action === 'list') return list(args)
  const [id, ...rest] = args
  if (action !== 'revoke' || id === undefined) throw new InputProblem(usage.split('\n'))
  refuseArguments(rest)
  return withApp(async ({ registrations }) => {
    if (!(await registrations.tokens.revoke(id))) throw new InputProblem([`there is no registration token ${id}, or it was revoked before`], 1)
    console.log(`${id} is revoked; clients that it let in stay`)
    return 0
  })
}

function create(args: readonly string[]): Promise<number> {
  const options = readManyOptions(args, { single: ['expires-in', 'uses'], bare: ['json'] })
  const lifetimeMs = lifetimeOf(options.get('expires-in')?.[0])
  const uses = usesOf(options.get('uses')?.[0])
  return withApp(async ({ registrations }) => {
    const { id, token, expiresAt } = await registrations.tokens.create({ lifetimeMs, uses })
    if (options.has('json')) console.log(JSON.stringify({ id, token, uses, expires_at: iso(expiresAt) }, null, 2))
    else console.log([`id: ${id}`, `token: ${token}`, `uses: ${uses}`, `expires_at: ${iso(expiresAt)}`].join('\n'))
    return 0
  })
}

function list(args: readonly string[]): Promise<number> {
  const options = readManyOptions(args, { bare: ['json'] })
  return withApp(async ({ registrations }) => {
    const listed = (await registrations.tokens.list()).map(({ id, uses, used, createdAt, expiresAt, revokedAt }) => ({
      id,
      uses,
      used,
      created_at: iso(createdAt),
      expires_at: iso(expiresAt),
      revoked_at: revokedAt === null ? null : iso(revokedAt),
    }))
    if (options.has('json')) console.log(JSON.stringify(listed, null, 2))
    else for (const one of listed) console.log(`${one.id}  used ${one.used} of ${one.uses}  ${one.revoked_at === null ? `until ${one.expires_at}` : `revoked ${one.revoked_at}`}`)
    if (listed.length === 0 && !options.has('json')) console.log('there are no registration tokens')
    return 0
  })
}

function lifetimeOf(text: string | undefined): number {
  if (text === undefined) return REGISTRATION_TOKEN_TTL_MS
  const [, count, unit] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? []
  const lifetime = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN)
  if (!(lifetime <= REGISTRATION_TOKEN_MAX_TTL_MS)) throw new InputProblem(['--expires-in takes minutes, hours or days up to 365, such as 30m, 12h or 7d'])
  return lifetime
}

function usesOf(text: string | undefined): number {
  const uses = text === undefined ? 1 : /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (uses < 1 || uses > REGISTRATION_TOKEN_MAX_USES) throw new InputProblem([`--uses takes a number from 1 to ${REGISTRATION_TOKEN_MAX_USES}`])
  return uses
}
