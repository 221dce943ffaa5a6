import type { Requester } from '../../domain/requester.ts'
import type { FlowState } from '../../flow/index.ts'
import { advance, awaitedCode, codeFactorToSend, emailCodeForm, policyFor } from '../../flow/index.ts'
import { findOneTimeCodeOfFlow } from '../../persistence/queries/one-time-code.ts'
import type { CodeLinks } from '../codes/index.ts'
import { isResendDue } from '../codes/index.ts'
import { addressKey, giveBackAll, takeAll } from '../limits/index.ts'
import type { createStateAdvance, Rules, Step } from './advance-state.ts'
import { refuse } from './advance-state.ts'
import type { FlowDeps } from './flow-deps.ts'
import type { DeviceSecrets, FlowAnswer } from './flow-answer.ts'
import type { FlowInput } from './flow-types.ts'
import { createProofGathering } from './gather-proof.ts'
import { codeTries } from './limit-codes.ts'
import type { MessageRefusal } from './limit-messages.ts'
import { createMessageLimits } from './limit-messages.ts'
import { createOwnDeviceLookUp } from './own-device.ts'
import { createCodeProof } from './prove-code.ts'
import type { LinkInput } from './prove-link.ts'
import { createLinkProof } from './prove-link.ts'
import type { PasskeyInput } from './prove-passkey.ts'
import { createPasskeyProof } from './prove-passkey.ts'
import type { SecondFactorInput } from './prove-second-factor.ts'
import { createSecondFactorProof, secondFactorTries } from './prove-second-factor.ts'

const NO_SECRETS: DeviceSecrets = { deviceSecret: undefined, knownSecret: undefined }

/** From what a person sent to a proof: limited before it is looked at, given back when it was right. */
export function createWalk(deps: FlowDeps & { links: CodeLinks }, { settle, inTransaction, show }: ReturnType<typeof createStateAdvance>) {
  const { database, clock, settings, passwords, passkeys, limits } = deps
  const takeMessage = createMessageLimits(deps)
  const gather = createProofGathering(deps)
  const provePasskey = createPasskeyProof(deps)
  const ownDeviceOf = createOwnDeviceLookUp(deps)
  const proveCode = createCodeProof(deps)
  const linkProof = createLinkProof(deps)
  const proveSecondFactor = createSecondFactorProof(deps)

  async function walk(state: FlowState, inputs: readonly FlowInput[], requester: Requester, devices: DeviceSecrets = NO_SECRETS): Promise<FlowAnswer> {
    const policy = policyFor(state, await settings.policy())
    if (!policy) return { kind: 'refused', refusal: 'invalid_state' }
    const { lockout } = await settings.document()
    const { deviceSecret, knownSecret } = devices
    const rules = { policy, lockout, from: { requester, deviceSecret, knownSecret } }
    if (inputs.some((one) => one.input === 'password' || one.input === 'new_password')) passwords.expectRoom()
    let step: Step = { state, answer: show(advance(state, null, policy)) }
    for (const input of inputs) {
      step = await sendOnlyCode(await take(step.state, input, rules), rules)
      const isStopped = step.answer.kind !== 'screen' || step.answer.screen.failure !== null
      if (isStopped) break
    }
    return step.answer
  }

  /** Where a code that is sent is the only second factor there is nothing to choose; past a limit the page still has its button. */
  async function sendOnlyCode(step: Step, rules: Rules): Promise<Step> {
    const isAsked = step.answer.kind === 'screen' && step.answer.screen.screen === 'authenticate_second_factor' && step.answer.screen.failure === null
    const factor = isAsked ? codeFactorToSend(step.state) : undefined
    if (factor === undefined) return step
    const sent = await settle(step.state, { kind: 'chosen', authentication: factor }, rules)
    return sent.answer.kind === 'screen' ? sent : step
  }

  async function take(state: FlowState, input: FlowInput, rules: Rules): Promise<Step> {
    if (input.input === 'code' || input.input === 'resend') return takeCodeInput(state, input, rules)
    if (input.input === 'link' || input.input === 'check') return takeLinkInput(state, input, rules)
    if (input.input === 'totp' || input.input === 'recovery_code') return takeSecondFactor(state, input, rules)
    if (input.input === 'passkey' || input.input === 'create_passkey') return takePasskeyInput(state, input, rules)
    const gathered = await gather(state, input, rules.from, rules.policy)
    if ('refused' in gathered) return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...gathered.refused })
    return settle(state, gathered.proof, rules, gathered.guess)
  }

  /** Counted before it is checked, given back when it was right. */
  async function takeSecondFactor(state: FlowState, input: SecondFactorInput, rules: Rules): Promise<Step> {
    const { requester } = rules.from
    // Nothing is counted for an account before its first proof: a stranger would shut its owner out, and learn that it exists.
    if (state.secondFactor !== 'needed' && state.secondFactor !== 'to_set_up') return refuse(state, { kind: 'refused', refusal: 'unexpected_input' })
    const ownDevice = await ownDeviceOf(database.read, state, rules.from)
    const tries = secondFactorTries(state, requester.ip, ownDevice)
    const refused = await takeAll(limits, tries)
    if (refused) return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...refused })
    const step = await inTransaction(state, rules, (tx) => proveSecondFactor(tx, state, input, { requester, ownDevice, lockoutRules: rules.lockout }))
    const isRight = step.answer.kind !== 'refused' && step.state !== state
    if (isRight) await giveBackAll(limits, tries)
    return step
  }

  async function takeCodeInput(state: FlowState, input: Extract<FlowInput, { input: 'code' | 'resend' }>, rules: Rules): Promise<Step> {
    const { requester } = rules.from
    const isResend = input.input === 'resend'
    const address = addressKey(requester.ip)
    const ownDevice = await ownDeviceOf(database.read, state, rules.from)
    const guesses = awaitedCode(state).purpose === 'second_factor' ? secondFactorTries(state, requester.ip, ownDevice) : ([['code_failures_per_address', address]] as const)
    const sends = codeTries(state, ownDevice)
    const refused = isResend ? ((await limits.take('resends_per_address', address)) ?? (await takeAll(limits, sends))) : await takeAll(limits, guesses)
    if (refused) return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...refused })
    const withheld = isResend ? await limitResend(state, ownDevice) : undefined
    if (withheld === 'country_not_allowed') return refuse(state, { kind: 'refused', refusal: withheld })
    if (withheld && withheld !== 'withheld') return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...withheld })
    const asked = isResend ? { ...input, channel: rules.policy.messaging.channels.find((one) => one === input.channel) } : input
    const step = await inTransaction(state, rules, (tx) => proveCode(tx, state, asked, { requester, ownDevice, lockoutRules: rules.lockout, policy: rules.policy, isWithheld: withheld === 'withheld' }))
    const { answer } = step
    const isSent = answer.kind === 'screen' && answer.screen.failure === null
    const isRight = answer.kind !== 'refused' && step.state !== state
    if (isResend && !isSent) await giveBackAll(limits, sends)
    if (!isResend && isRight) await giveBackAll(limits, guesses)
    return step
  }

  /** Not limited: nobody guesses 256 bits, and who waits may ask again and again. */
  async function takeLinkInput(state: FlowState, input: LinkInput, rules: Rules): Promise<Step> {
    const { requester } = rules.from
    if (emailCodeForm(state, rules.policy) === 'code') return refuse(state, { kind: 'refused', refusal: 'unexpected_input' })
    const standing = input.input === 'check' ? await linkProof.look(database.read, state) : 'right'
    if (standing !== 'right') return settle(state, { kind: 'one_time_code', outcome: standing }, rules)
    const ownDevice = await ownDeviceOf(database.read, state, rules.from)
    return inTransaction(state, rules, (tx) => linkProof.prove(tx, state, input, { requester, ownDevice, lockoutRules: rules.lockout }))
  }

  /** A message is only counted where asking sends one. */
  async function limitResend(state: FlowState, ownDevice: string | undefined): Promise<MessageRefusal | undefined> {
    const awaited = awaitedCode(state)
    if (awaited.channel === 'email') return undefined
    const record = await findOneTimeCodeOfFlow(database.read, state.flowId, awaited.purpose, awaited.destination)
    return record && isResendDue(record, clock.now()) ? takeMessage(state, awaited, ownDevice) : undefined
  }

  /** Counted by address alone: nobody guesses a signature, and whose passkey it was is known only afterwards. */
  async function takePasskeyInput(state: FlowState, input: PasskeyInput, rules: Rules): Promise<Step> {
    const { requester } = rules.from
    const address = addressKey(requester.ip)
    const refused = await limits.take('sign_in_failures_per_address', address)
    if (refused) return refuse(state, { kind: 'refused', refusal: 'rate_limited', ...refused })
    await passkeys.prepare()
    let isRight = false
    const step = await inTransaction(state, rules, async (tx) => {
      const proof = await provePasskey(tx, state, input, requester)
      isRight = proof.kind === 'passkey' ? proof.isRight : proof.passkey !== null
      return proof
    })
    if (isRight) await limits.giveBack('sign_in_failures_per_address', address)
    return step
  }

  return walk
}
