import type { Client } from '../../domain/client.ts'
import { parseEmail } from '../../domain/email.ts'
import type { TenantId } from '../../domain/ids.ts'
import { parseUsername } from '../../domain/username.ts'
import type { FlowState, Identified, Policy, Proof } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { findIdentity, findIdentityOfUser } from '../../persistence/queries/identity.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { LimitRefusal, Limits } from '../limits/index.ts'
import { giveBackAll, signInTries, takeAll } from '../limits/index.ts'
import type { Passwords } from '../passwords/index.ts'
import type { FlowInput } from './flow-types.ts'
import { createNewPasswordProof } from './prove-new-password.ts'

export type Gathered = { readonly proof: Proof } | { readonly refused: LimitRefusal }

/** Inputs whose proof needs no transaction: looked up, hashed and rate limited before one is opened. */
export type EarlyInput = Exclude<FlowInput, { input: 'code' | 'resend' | 'totp' | 'recovery_code' | 'passkey' }>

export function createProofGathering(deps: { database: Database; clock: Clock; passwords: Passwords; limits: Limits }) {
  const { database, clock, passwords, limits } = deps
  const proveNewPassword = createNewPasswordProof(deps)

  return async function gather(state: FlowState, input: EarlyInput, client: Client, policy: Policy): Promise<Gathered> {
    switch (input.input) {
      case 'identify':
        return { proof: await identify(state.tenantId, input.identifier) }
      case 'choose':
        return { proof: { kind: 'chosen', authentication: input.authentication } }
      case 'password':
        return verifyPassword(state, input.password, client)
      case 'new_password':
        return proveNewPassword(state, input.password, client, policy)
    }
  }

  async function identify(tenantId: TenantId, identifier: string): Promise<Proof> {
    const isEmail = identifier.includes('@')
    const parsed = isEmail ? parseEmail(identifier) : parseUsername(identifier)
    if (!parsed.ok) return { kind: 'unusable_identifier' }
    const { key, display } = parsed.value
    const identity = await findIdentity(database.read, tenantId, isEmail ? 'email' : 'username', key)
    if (isEmail) {
      const found: Identified = { identification: 'email', key, display, userId: identity?.userId ?? null, email: key, emailDisplay: identity?.display ?? display }
      return { kind: 'identified', identified: found }
    }
    const email = identity && (await findIdentityOfUser(database.read, identity.userId, 'email'))
    return {
      kind: 'identified',
      identified: {
        identification: 'username',
        key,
        display,
        userId: identity?.userId ?? null,
        email: email?.key ?? null,
        emailDisplay: email?.display ?? null,
      },
    }
  }

  async function verifyPassword(state: FlowState, password: string, client: Client): Promise<Gathered> {
    const { identified } = state
    if (!identified) return { proof: { kind: 'password', isRight: false } }
    const tries = signInTries(state.tenantId, identified.userId ?? identified.key, client.ip)
    const refused = await takeAll(limits, tries)
    if (refused) return { refused }
    try {
      const stored = await passwords.findMatch(state.tenantId, identified.userId, password)
      if (stored === undefined) return { proof: { kind: 'password', isRight: false } }
      await giveBackAll(limits, tries)
      const standing = { changedAt: stored.updatedAt, isChangeRequired: stored.isChangeRequired, at: clock.now() }
      return { proof: { kind: 'password', isRight: true, matched: sha256(stored.hash), standing } }
    } catch (fault) {
      // Nothing was guessed when hashing or the database was away.
      await giveBackAll(limits, tries)
      throw fault
    }
  }
}
