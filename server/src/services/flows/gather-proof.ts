import type { Client } from '../../domain/client.ts'
import { parseEmail } from '../../domain/email.ts'
import type { TenantId } from '../../domain/ids.ts'
import { parseUsername } from '../../domain/username.ts'
import type { FlowState, Identified, Proof } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { listEmails } from '../../persistence/queries/email-identity.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import { sha256 } from '../../platform/digest.ts'
import type { LimitRefusal, Limits } from '../limits/index.ts'
import { addressKey, giveBackAll, signInTries, takeAll } from '../limits/index.ts'
import type { Passwords } from '../passwords/index.ts'
import type { FlowInput } from './flow-types.ts'
import { FLOWS_PER_ADDRESS } from './limit-codes.ts'

export type Gathered = { readonly proof: Proof } | { readonly refused: LimitRefusal }

/** Inputs whose proof needs no transaction: looked up, hashed and rate limited before one is opened. */
export type EarlyInput = Exclude<FlowInput, { input: 'code' | 'resend' | 'totp' | 'recovery_code' | 'passkey' }>

export function createProofGathering(deps: { database: Database; passwords: Passwords; limits: Limits }) {
  const { database, passwords, limits } = deps

  return async function gather(state: FlowState, input: EarlyInput, client: Client): Promise<Gathered> {
    switch (input.input) {
      case 'identify':
        return { proof: await identify(state.tenantId, input.identifier) }
      case 'cancel_deletion':
        return { proof: { kind: 'deletion_cancelled' } }
      case 'choose':
        return { proof: { kind: 'chosen', authentication: input.authentication } }
      case 'password':
        return verifyPassword(state, input.password, client)
      case 'new_password':
        return hashNewPassword(state, input.password, client)
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
    const [email] = identity ? await listEmails(database.read, identity.userId) : []
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
      const hash = await passwords.findMatch(state.tenantId, identified.userId, password)
      if (hash === undefined) return { proof: { kind: 'password', isRight: false } }
      await giveBackAll(limits, tries)
      return { proof: { kind: 'password', isRight: true, matched: sha256(hash) } }
    } catch (fault) {
      // Nothing was guessed when hashing or the database was away.
      await giveBackAll(limits, tries)
      throw fault
    }
  }

  /** Counted before it is hashed: a hash is what a stranger could make us work with. */
  async function hashNewPassword(state: FlowState, password: string, client: Client): Promise<Gathered> {
    const { identified } = state
    const address = addressKey(client.ip)
    const refused = await limits.take(FLOWS_PER_ADDRESS[state.type], address)
    if (refused) return { refused }
    const identifiers = identified ? [identified.display, identified.email ?? ''] : []
    const hashed = await passwords.hashNew(password, identifiers)
    if (hashed.ok) return { proof: { kind: 'new_password', hash: hashed.value } }
    await limits.giveBack(FLOWS_PER_ADDRESS[state.type], address)
    return { proof: { kind: 'unacceptable_password', problems: hashed.failure } }
  }
}
