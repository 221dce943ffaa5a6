import type { FlowId } from '../../domain/ids.ts'
import type { Definition, Policy } from '../../flow/index.ts'
import { advance, asksPassword, awaitedCode, beginState, findDefinition, isGeneratedName, recipientOf, signupIdentifications } from '../../flow/index.ts'
import { findOneTimeCode, findOneTimeCodeOfFlow } from '../../persistence/queries/one-time-code.ts'
import { isSpent } from '../../persistence/queries/spent-once.ts'
import type { UserRecord } from '../../persistence/queries/user-account.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import { newId } from '../../platform/random.ts'
import { createCodeLinks, isResendDue, RESEND_PAUSE_MS } from '../codes/index.ts'
import { addressKey, giveBackAll, takeAll } from '../limits/index.ts'
import { createStateAdvance } from './advance-state.ts'
import { createCeremonyBegin } from './begin-ceremony.ts'
import type { FlowDeps } from './flow-deps.ts'
import type { Flows, StartFlow } from './flow-types.ts'
import { identifyOwner } from './identify-owner.ts'
import { createFlowLinks } from './links.ts'
import { codeTries } from './limit-codes.ts'
import { createMessageLimits } from './limit-messages.ts'
import { createOwnDeviceLookUp } from './own-device.ts'
import { FLOW_TTL_SECONDS, openState, readState } from './state-token.ts'
import { createWalk } from './take-input.ts'

export function createFlows(given: FlowDeps): Flows {
  const deps = { ...given, links: createCodeLinks(given) }
  const { passwords, database, clock, random, sealer, settings, codes, limits } = deps
  const stateAdvance = createStateAdvance(deps)
  const walk = createWalk(deps, stateAdvance)
  const { show } = stateAdvance
  const takeMessage = createMessageLimits(deps)
  const ownDeviceOf = createOwnDeviceLookUp(deps)

  /** Whose account a promotion is about. */
  async function findAnonymous({ tenantId, session }: StartFlow): Promise<UserRecord | undefined> {
    const user = session && (await findUser(database.read, tenantId, session.userId))
    return user?.isAnonymous === true ? user : undefined
  }

  return {
    expectRoomForPassword: () => passwords.expectRoom(),

    async start(start) {
      const policy = await settings.policy()
      const definition = choose(start, policy)
      if (!definition) return { kind: 'refused', refusal: 'unknown_flow' }
      const promoted = start.type === 'promote' ? await findAnonymous(start) : null
      if (promoted === undefined) return { kind: 'refused', refusal: 'invalid_state' }
      const state = beginState({
        flowId: newId<FlowId>(clock, random),
        type: start.type,
        definition: definition.name,
        fingerprint: definition.fingerprint,
        tenantId: start.tenantId,
        binding: start.binding,
        returnTo: start.returnTo,
        request: start.request ?? null,
        expiresAt: clock.now() + (start.ttlSeconds ?? FLOW_TTL_SECONDS) * 1_000,
        sessionId: start.session?.id ?? null,
        promotes: promoted?.id ?? null,
        identified: await identifyOwner(database, start),
        showsPasskeyPrompt: start.showsPasskeyPrompt ?? false,
        awaitsLinks: start.awaitsLinks ?? false,
        showsRecoveryCodes: start.showsRecoveryCodes ?? false,
        channelChoice: start.showsChannels ? 'offered' : 'none',
      })
      return show(advance(state, null, policy))
    },

    async submit(stateToken, binding, inputs, requester, devices) {
      const state = openState(sealer, clock, stateToken, binding)
      return state ? walk(state, inputs, requester, devices) : { kind: 'refused', refusal: 'invalid_state' }
    },

    async look(stateToken, binding) {
      const state = openState(sealer, clock, stateToken, binding)
      if (!state) return { kind: 'refused', refusal: 'invalid_state' }
      // What is shown once is not shown to who finds the address in a history afterwards.
      const isOver = state.newRecoveryCodes !== null && (await isSpent(database.read, { purpose: 'flow', key: state.flowId }))
      return isOver ? { kind: 'refused', refusal: 'invalid_state' } : show(advance(state, null, await settings.policy()))
    },

    beginCeremony: createCeremonyBegin(deps),
    links: createFlowLinks(deps, walk),
    typeOf: (stateToken) => readState(sealer, stateToken)?.type,
    requestOf: (stateToken) => readState(sealer, stateToken)?.request ?? undefined,

    async signupBy(identification) {
      const policy = await settings.policy()
      return { isOffered: signupIdentifications(policy).includes(identification), asksPassword: asksPassword(identification, policy) }
    },

    async canResendAt(stateToken) {
      const state = readState(sealer, stateToken)
      const awaited = state && awaitedCode(state)
      const record = awaited && (await findOneTimeCodeOfFlow(database.read, state.flowId, awaited.purpose, awaited.destination))
      return record ? record.last_sent_at + RESEND_PAUSE_MS : 0
    },

    async submitToChallenge(challengeId, flow, inputs, requester, devices) {
      const record = await findOneTimeCode(database.read, challengeId)
      const state = record?.purpose === flow ? openState(sealer, clock, record.continuation_sealed, '') : undefined
      return state ? walk(state, inputs, requester, devices) : { kind: 'refused', refusal: 'invalid_state' }
    },

    async resendChallenge(challengeId, requester, devices) {
      const refused = await limits.take('resends_per_address', addressKey(requester.ip))
      if (refused) return refused
      const record = await findOneTimeCode(database.read, challengeId)
      const state = record && openState(sealer, clock, record.continuation_sealed, '')
      if (!record || !state) return {}
      const ownDevice = await ownDeviceOf(database.read, state, devices)
      const sends = codeTries(state, ownDevice)
      const capped = await takeAll(limits, sends)
      if (capped) return capped
      const withheld = isResendDue(record, clock.now()) ? await takeMessage(state, awaitedCode(state), ownDevice) : undefined
      if (withheld !== undefined && typeof withheld !== 'string') return withheld
      const isSent = await database.transaction((tx) => codes.resend(tx, record, { sendTo: withheld ? null : recipientOf(state) }, requester))
      if (!isSent) await giveBackAll(limits, sends)
      return {}
    },
  }
}

/** What somebody names is the default or a declared flow; orders of our own are not for choosing. */
function choose({ type, definition, name = 'default' }: StartFlow, policy: Policy): Definition | undefined {
  if (definition === undefined && name !== 'default' && isGeneratedName(name)) return undefined
  return findDefinition(type, definition ?? name, policy)
}
