import type { UserRecord } from '../../persistence/queries/user-account.ts'
import { accountName } from '../../domain/account-name.ts'
import type { Identified } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import type { StartFlow } from './flow-types.ts'

/** Who a re-authentication is about, which nobody types: the owner of the session. */
export async function identifyOwner(database: Database, start: StartFlow): Promise<Identified | null> {
  if (start.type !== 'reauth') return null
  const user = start.session && (await findUser(database.read, start.tenantId, start.session.userId))
  if (!user) return null
  const identification = user.emailKey !== null ? 'email' : user.phoneKey !== null ? 'phone' : 'username'
  return { identification, ...identifiedAs(user), phone: user.phoneKey }
}

/** What an account is found by, and where its mail goes. */
export function identifiedAs(user: UserRecord): Omit<Identified, 'identification' | 'phone'> {
  return { key: user.emailKey ?? user.phoneKey ?? user.username ?? user.id, display: accountName(user), userId: user.id, email: user.emailKey, emailDisplay: user.email }
}
