import type { FlowState, Proof } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import type { Invitations } from '../invitations/index.ts'

/** Who is invited by this secret. Looking spends nothing: that is done when the account is made. */
export function createInvitationProof({ database, invitations }: { database: Database; invitations: Invitations }) {
  return async function prove({ tenantId }: FlowState, secret: string): Promise<Proof> {
    const found = await invitations.find(secret)
    if (!found) return { kind: 'unusable_invitation' }
    const { id, role, email_normalised: key, email_display: display } = found
    const holder = await findIdentity(database.read, tenantId, 'email', key)
    const identified = { identification: 'email', key, display, userId: holder?.userId ?? null, email: key, emailDisplay: display, phone: null } as const
    return { kind: 'invited', identified, invitation: { id, role } }
  }
}
