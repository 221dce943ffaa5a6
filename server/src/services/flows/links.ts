import { maskEmail } from '../../domain/email.ts'
import type { ChallengeId } from '../../domain/ids.ts'
import type { FlowState } from '../../flow/index.ts'
import { awaitedCode, emailCodeForm } from '../../flow/index.ts'
import type { OneTimeCodeRecord } from '../../persistence/queries/one-time-code.ts'
import { findOneTimeCode, findOneTimeCodeOfFlow } from '../../persistence/queries/one-time-code.ts'
import { isSpent } from '../../persistence/queries/spent-once.ts'
import type { CodeLinks } from '../codes/index.ts'
import { createApprovalWatch } from './approval-watch.ts'
import type { FlowDeps } from './flow-deps.ts'
import type { FlowLinks, LinkViewer, ShownLink } from './link-types.ts'
import { readState } from './state-token.ts'
import type { createWalk } from './take-input.ts'

const CHANNEL_PURPOSE = 'flow-channel'

interface OpenLink {
  readonly record: OneTimeCodeRecord
  readonly state: FlowState
}

/** The door behind a mailed link, and the waiting for it. */
export function createFlowLinks(deps: FlowDeps & { links: CodeLinks }, walk: ReturnType<typeof createWalk>): FlowLinks {
  const { database, clock, sealer, settings, links } = deps
  const watch = createApprovalWatch({ database, clock })

  /** The flow of a link that can still lead somewhere; the same nothing for every other. */
  async function open(link: string, { tenantId, userId }: LinkViewer): Promise<OpenLink | undefined> {
    const record = await links.find(database.read, tenantId, link)
    const state = record && readState(sealer, record.continuation_sealed)
    if (!record || !state || state.expiresAt <= clock.now()) return undefined
    if (userId !== undefined && userId !== record.user_id) return undefined
    if (await isSpent(database.read, { purpose: 'flow', key: state.flowId })) return undefined
    return { record, state }
  }

  const isHere = (state: FlowState, { binding }: LinkViewer) => binding !== '' && state.binding === binding

  return {
    async look(link, viewer) {
      const found = await open(link, viewer)
      if (!found) return undefined
      const { record, state } = found
      return {
        purpose: record.purpose as ShownLink['purpose'],
        maskedDestination: maskEmail(record.destination),
        isHere: isHere(state, viewer),
        requested: { at: record.last_sent_at, ip: record.requested_ip ?? '', userAgent: record.requested_user_agent ?? '' },
      }
    },

    async use(link, viewer, requester, devices) {
      const found = await open(link, viewer)
      if (!found) return { kind: 'over' }
      const { record, state } = found
      if (!isHere(state, viewer)) {
        const isApproved = await database.transaction((tx) => links.approve(tx, record, link, requester))
        return { kind: isApproved ? 'approved' : 'over' }
      }
      const answer = await walk(state, [{ input: 'link', link }], requester, devices)
      const isOver = (answer.kind === 'screen' && answer.screen.failure !== null) || (answer.kind === 'refused' && answer.refusal === 'unexpected_input')
      return isOver ? { kind: 'over' } : { kind: 'continued', answer }
    },

    async channelOf(stateToken) {
      const state = readState(sealer, stateToken)
      if (!state || emailCodeForm(state, await settings.policy()) === 'code') return undefined
      const { purpose, destination } = awaitedCode(state)
      const record = await findOneTimeCodeOfFlow(database.read, state.flowId, purpose, destination)
      return record && sealer.seal(CHANNEL_PURPOSE, JSON.stringify([record.id, state.expiresAt]))
    },

    async listen(channel, listener) {
      const text = sealer.open(CHANNEL_PURPOSE, channel)
      if (text === undefined) return 'over'
      const [id, expiresAt] = JSON.parse(text) as [ChallengeId, number]
      const record = await findOneTimeCode(database.read, id)
      if (!record || record.consumed_at !== null || expiresAt <= clock.now()) return 'over'
      return watch.add({ id, expiresAt, isApproved: record.approved_at !== null }, listener)
    },

    stopListening: () => watch.close(),
  }
}
