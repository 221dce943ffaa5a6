import type { FlowState, Policy, Proof } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Invitations } from '../invitations/index.ts'
import type { KnownDevices } from '../known-devices/index.ts'
import type { LimitRefusal, Limits } from '../limits/index.ts'
import { giveBackAll, signInTries, takeAll } from '../limits/index.ts'
import type { Guess } from '../lockout/index.ts'
import type { Passwords } from '../passwords/index.ts'
import type { Settings } from '../settings/index.ts'
import type { FlowInput } from './flow-types.ts'
import type { Presented } from './look-up-fact.ts'
import { createOwnDeviceLookUp } from './own-device.ts'
import { createIdentification } from './identify-person.ts'
import { createInvitationProof } from './prove-invitation.ts'
import { createNewPasswordProof } from './prove-new-password.ts'
import { createProfileProof } from './prove-profile.ts'

/** `guess` is what a password counts towards. */
export type Gathered = { readonly proof: Proof; readonly guess?: Guess } | { readonly refused: LimitRefusal }

/** Inputs whose proof needs no transaction: looked up, hashed and rate limited before one is opened. */
export type EarlyInput = Exclude<FlowInput, { input: 'code' | 'resend' | 'link' | 'check' | 'totp' | 'recovery_code' | 'passkey' | 'create_passkey' }>

export function createProofGathering(deps: { database: Database; clock: Clock; settings: Settings; passwords: Passwords; limits: Limits; knownDevices: KnownDevices; invitations: Invitations }) {
  const { clock, passwords, limits, database } = deps
  const identify = createIdentification(deps)
  const proveNewPassword = createNewPasswordProof(deps)
  const ownDeviceOf = createOwnDeviceLookUp(deps)
  const proveInvitation = createInvitationProof(deps)
  const proveProfile = createProfileProof(deps)

  return async function gather(state: FlowState, input: EarlyInput, from: Presented, policy: Policy): Promise<Gathered> {
    switch (input.input) {
      case 'identify':
        return { proof: await identify(state, input.identifier, policy) }
      case 'cancel_deletion':
        return { proof: { kind: 'deletion_cancelled' } }
      case 'choose':
        return { proof: { kind: 'chosen', authentication: input.authentication, channel: input.channel } }
      case 'channel':
        return { proof: { kind: 'channel_chosen', channel: input.channel } }
      case 'destination':
        return { proof: { kind: 'destination_chosen', destination: input.destination, channel: input.channel } }
      case 'skip':
        return { proof: { kind: 'skipped' } }
      case 'password':
        return verifyPassword(state, input.password, from)
      case 'new_password':
        return proveNewPassword(state, input.password, from.requester, policy)
      case 'profile':
        return proveProfile(state, input, from.requester, policy)
      case 'invitation':
        return { proof: await proveInvitation(state, input.secret) }
      case 'confirm_ending':
        return { proof: { kind: 'ending_confirmed' } }
      case 'recovery_codes_kept':
        return { proof: { kind: 'recovery_codes_kept' } }
    }
  }

  async function verifyPassword(state: FlowState, password: string, from: Presented): Promise<Gathered> {
    const { identified } = state
    if (!identified) return { proof: { kind: 'password', isRight: false } }
    const { requester } = from
    const { userId } = identified
    const account = userId ?? identified.key
    const ownDevice = await ownDeviceOf(database.read, state, from)
    const guess: Guess = { kind: 'password', tenantId: state.tenantId, userId, account, ownDevice, requester }
    const tries = signInTries(state.tenantId, account, requester.ip, ownDevice)
    const refused = await takeAll(limits, tries)
    if (refused) return { refused }
    try {
      const stored = await passwords.findMatch(state.tenantId, userId, password)
      if (stored === undefined) return { proof: { kind: 'password', isRight: false }, guess }
      await giveBackAll(limits, tries)
      const standing = { changedAt: stored.updatedAt, isChangeRequired: stored.isChangeRequired, at: clock.now() }
      return { proof: { kind: 'password', isRight: true, matched: sha256(stored.hash), standing }, guess }
    } catch (fault) {
      // Nothing was guessed when hashing or the database was away.
      await giveBackAll(limits, tries)
      throw fault
    }
  }
}
