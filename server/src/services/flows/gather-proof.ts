import type { Client } from '../../domain/client.ts'
import { parseEmail } from '../../domain/email.ts'
import type { TenantId } from '../../domain/ids.ts'
import { parseUsername } from '../../domain/username.ts'
import type { FlowState, Identified, Proof } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { findIdentity, findIdentityOfUser } from '../../persistence/queries/identity.ts'
import type { LimitRefusal, Limits } from '../limits/index.ts'
import { giveBackAll, signInTries, takeAll } from '../limits/index.ts'
import type { Passwords } from '../passwords/index.ts'
import type { FlowInput } from './flow-types.ts'

export type Gathered = { readonly proof: Proof } | { readonly refused: LimitRefusal }

/** Inputs whose proof needs no transaction: looked up, hashed and rate limited before one is opened. */
export type EarlyInput = Exclude<FlowInput, { input: 'code' | 'resend' }>

export function createProofGathering(deps: { database: Database; passwords: Passwords; limits: Limits }) {
  const { database, passwords, limits } = deps

  return async function gather(state: FlowState, input: EarlyInput, client: Client): Promise<Gathered> {
    switch (input.input) {
      case 'identify':
        return { proof: await identify(state.tenantId, input.identifier) }
      case 'choose':
        return { proof: { kind: 'chosen', authentication: input.authentication } }
      case 'password':
        return verifyPassword(state, input.password, client)
      case 'new_password':
        return { proof: await hashNewPassword(state, input.password) }
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
    const isRight = await passwords.verify(state.tenantId, identified.userId, password)
    if (isRight) await giveBackAll(limits, tries)
    return { proof: { kind: 'password', isRight } }
  }

  async function hashNewPassword(state: FlowState, password: string): Promise<Proof> {
    const { identified } = state
    const identifiers = identified ? [identified.display, identified.email ?? ''] : []
    const hashed = await passwords.hashNew(password, identifiers)
    return hashed.ok ? { kind: 'new_password', hash: hashed.value } : { kind: 'unacceptable_password', problems: hashed.failure }
  }
}
