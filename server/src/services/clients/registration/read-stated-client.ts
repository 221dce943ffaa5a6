import type { Result } from '../../../domain/result.ts'
import { fail, succeed } from '../../../domain/result.ts'
import type { GuardedFetch } from '../../../platform/guarded-fetch.ts'
import { metadataInStatement, readSoftwareStatement } from '../../../protocols/software-statement.ts'
import type { ClientRegistrationRules } from '../../settings/index.ts'
import { SOFTWARE_STATEMENT_MAX_LENGTH } from '../lifetimes.ts'
import type { ClientSurroundings } from '../metadata/field.ts'
import type { DeclaredClient } from '../metadata/read-client.ts'
import { readRegistration } from './read-registration.ts'
import type { RegistrationFailure } from './registration-types.ts'
import { findSectorProblem } from './sector-identifier.ts'

interface Given {
  readonly rules: ClientRegistrationRules
  readonly surroundings: ClientSurroundings
  readonly guardedFetch: GuardedFetch
  /** The statement that the client registered with before: what it says stays said. */
  readonly kept: string | undefined
  readonly now: number
}

/** What a client says of itself, and whoever vouches for it, which "MUST take precedence" (RFC 7591 section 2.3). Asks the network, so it comes before any transaction. */
export async function readStatedClient(body: unknown, { rules, surroundings, guardedFetch, kept, now }: Given): Promise<Result<{ client: DeclaredClient; statement: string | undefined }, RegistrationFailure>> {
  const presented = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)['software_statement'] : undefined
  const read = await readStatement(presented, rules, now)
  if (!read.ok) return read
  const statement = read.value?.text ?? kept
  if (statement === undefined && rules.policy === 'software_statement') return fail({ code: 'invalid_software_statement', message: 'registering takes a software statement' })
  const claims = read.value?.claims ?? (kept === undefined ? {} : metadataInStatement(kept))
  const stated = typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body, ...claims } : body
  const client = readRegistration(stated, rules, surroundings)
  if (!client.ok) return client
  const problem = await findSectorProblem(client.value.declared, guardedFetch)
  return problem === undefined ? succeed({ client: client.value, statement }) : fail({ code: 'invalid_client_metadata', message: problem })
}

async function readStatement(presented: unknown, { software_statement_issuers: issuers }: ClientRegistrationRules, now: number): Promise<Result<{ text: string; claims: Readonly<Record<string, unknown>> } | undefined, RegistrationFailure>> {
  if (presented === undefined || presented === null) return succeed(undefined)
  if (typeof presented !== 'string' || presented.length > SOFTWARE_STATEMENT_MAX_LENGTH) return fail({ code: 'invalid_software_statement', message: `software_statement: must be a JWT of ${SOFTWARE_STATEMENT_MAX_LENGTH} characters at most` })
  const read = await readSoftwareStatement(presented, issuers, now)
  if (read.ok) return succeed({ text: presented, claims: read.value })
  return read.failure === 'unapproved'
    ? fail({ code: 'unapproved_software_statement', message: 'software_statement: is of nobody who is believed here' })
    : fail({ code: 'invalid_software_statement', message: 'software_statement: is not signed by whom it names, or is over' })
}
