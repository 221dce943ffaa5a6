import type { MessageChannel } from '../../domain/message.ts'
import type { MessageFailure, MessageSender, OutgoingMessage } from '../../outbound/sms/message-sender.ts'

/** One sender's answer. */
export interface Attempt {
  readonly sender: string
  readonly channel: MessageChannel
  /** Undefined when the message was taken. */
  readonly failure: MessageFailure | undefined
}

export interface Delivery {
  readonly attempts: readonly Attempt[]
  readonly outcome: { readonly outcome: 'delivered' } | { readonly outcome: 'failed'; readonly isPermanent: boolean; readonly reason: string }
}

/** A provider answers within a second or two; one that hangs must leave time for the next. */
const ATTEMPT_TIMEOUT_MS = 10_000
/** All attempts together: less than the outbox holds a row for (`CLAIM_MS`), or a slow message would go out twice. */
const DELIVERY_TIMEOUT_MS = 45_000

/**
 * Channels in order, and in each the senders in order, until one takes the message. A number that one sender of a channel
 * rejects is not shown to its others; the next channel has its turn. Worth another try later when any failure may pass.
 */
export async function deliverMessage(
  senders: readonly MessageSender[],
  channels: readonly MessageChannel[],
  message: Omit<OutgoingMessage, 'channel'>,
  { messageId, monotonicNow }: { messageId: string; monotonicNow: () => number },
): Promise<Delivery> {
  const endsAt = monotonicNow() + DELIVERY_TIMEOUT_MS
  const attempts: Attempt[] = []
  for (const channel of channels) {
    for (const sender of senders.filter((one) => one.channels.includes(channel))) {
      const timeoutMs = Math.min(ATTEMPT_TIMEOUT_MS, endsAt - monotonicNow())
      if (timeoutMs <= 0) return concludeFailure([...attempts, { sender: sender.type, channel, failure: OUT_OF_TIME }])
      const sent = await sender.send({ ...message, channel }, { messageId, timeoutMs })
      attempts.push({ sender: sender.type, channel, failure: sent.ok ? undefined : sent.failure })
      if (sent.ok) return { attempts, outcome: { outcome: 'delivered' } }
      if (sent.failure.kind === 'rejected_number') break
    }
  }
  return concludeFailure(attempts)
}

const OUT_OF_TIME: MessageFailure = { kind: 'temporary', reason: 'the senders before it took too long' }

function concludeFailure(attempts: readonly Attempt[]): Delivery {
  const failures = attempts.flatMap(({ failure }) => (failure ? [failure] : []))
  const reason = failures.length === 0 ? 'no sender carries this channel' : failures.map((failure) => failure.reason).join('; ')
  return { attempts, outcome: { outcome: 'failed', isPermanent: !failures.some(({ kind }) => kind === 'temporary'), reason } }
}
