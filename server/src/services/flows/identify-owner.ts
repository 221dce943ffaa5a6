import type { Identified } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { listPhones } from '../../persistence/queries/phone-identity.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import type { StartFlow } from './flow-types.ts'

/** Who a re-authentication is about, which nobody types: the owner of the session. */
export async function identifyOwner(database: Database, start: StartFlow): Promise<Identified | null> {
  if (start.type !== 'reauth') return null
  const user = start.session && (await findUser(database.read, start.tenantId, start.session.userId))
  if (!user) return null
  const [phone] = await listPhones(database.read, user.id)
  const display = user.email ?? phone?.display ?? user.username ?? ''
  return { identification: 'email', key: user.emailKey ?? display, display, userId: user.id, email: user.emailKey, emailDisplay: user.email, phone: phone?.key ?? null }
}
