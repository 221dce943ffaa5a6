import { parseEmail } from '../../domain/email.ts'
import type { UserId } from '../../domain/ids.ts'
import { NOBODY_ID } from '../../domain/ids.ts'
import type { E164 } from '../../domain/phone.ts'
import { parseUsername } from '../../domain/username.ts'
import type { FlowState, Policy, Proof } from '../../flow/index.ts'
import { makesAccount, signupIdentifications } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { listEmails } from '../../persistence/queries/email-identity.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import { listPhones } from '../../persistence/queries/phone-identity.ts'
import { readTypedPhone } from '../phones/index.ts'
import type { Settings } from '../settings/index.ts'

/** Digits and what people put between them: no username has separators, few are long rows of digits. */
const LOOKS_LIKE_A_NUMBER = /^\s*(\+|[\d(][\d\s()./-]{6,}$)/

/** Who somebody says they are, looked up. A stranger costs the same questions, whatever they typed. */
export function createIdentification({ database, settings }: { database: Database; settings: Settings }) {
  return async function identify(state: FlowState, identifier: string, policy: Policy): Promise<Proof> {
    if (identifier.includes('@')) return identifyByEmail(state, identifier, policy)
    const takesNumbers = policy.login.identifications.includes('phone') || policy.recovery.destinations.includes('phone') || signupIdentifications(policy).includes('phone')
    if (takesNumbers && LOOKS_LIKE_A_NUMBER.test(identifier)) {
      const found = await identifyByPhone(state, identifier)
      if (found || identifier.trim().startsWith('+')) return found ?? { kind: 'unusable_identifier' }
    }
    return identifyByUsername(state, identifier, policy)
  }

  async function identifyByEmail({ tenantId }: FlowState, identifier: string, policy: Policy): Promise<Proof> {
    const parsed = parseEmail(identifier)
    if (!parsed.ok) return { kind: 'unusable_identifier' }
    const { key, display } = parsed.value
    const identity = await findIdentity(database.read, tenantId, 'email', key)
    const userId = identity?.userId ?? null
    const identified = { identification: 'email', key, display, userId, email: key, emailDisplay: identity?.display ?? display, phone: await phoneOf(userId, policy) } as const
    return { kind: 'identified', identified }
  }

  async function identifyByUsername({ tenantId }: FlowState, identifier: string, policy: Policy): Promise<Proof> {
    const parsed = parseUsername(identifier)
    if (!parsed.ok) return { kind: 'unusable_identifier' }
    const { key, display } = parsed.value
    const userId = (await findIdentity(database.read, tenantId, 'username', key))?.userId ?? null
    return { kind: 'identified', identified: { identification: 'username', key, display, userId, ...(await emailOf(userId)), phone: await phoneOf(userId, policy) } }
  }

  /** Undefined when it is no number. One that nobody proved is nobody's. */
  async function identifyByPhone({ tenantId, type }: FlowState, identifier: string): Promise<Proof | undefined> {
    const parsed = await readTypedPhone(identifier, (await settings.document()).messaging)
    if (!parsed.ok) return undefined
    const { key, display } = parsed.value
    const identity = await findIdentity(database.read, tenantId, 'phone', key)
    const userId = identity && identity.verifiedAt !== null ? identity.userId : null
    // Whoever signs up gives everything themself: nothing that an account has is held against what they type.
    const email = makesAccount(type) ? { email: null, emailDisplay: null } : await emailOf(userId)
    return { kind: 'identified', identified: { identification: 'phone', key, display, userId, ...email, phone: key } }
  }

  async function emailOf(userId: UserId | null): Promise<{ email: string | null; emailDisplay: string | null }> {
    const [email] = await listEmails(database.read, userId ?? NOBODY_ID)
    return { email: email?.key ?? null, emailDisplay: email?.display ?? null }
  }

  /** Only where a code could go there. */
  async function phoneOf(userId: UserId | null, { login, recovery }: Policy): Promise<E164 | null> {
    const isWrittenTo = login.authentications.includes('primary_oob_otp_sms') || recovery.destinations.includes('phone')
    const [phone] = isWrittenTo ? await listPhones(database.read, userId ?? NOBODY_ID) : []
    return phone?.key ?? null
  }
}
