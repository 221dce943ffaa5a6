import { PassThrough } from 'node:stream'
import { z } from 'zod'
import { refuse } from '../../../http/error-codes.ts'
import type { FlowAnswer } from '../../../services/flows/index.ts'
import type { SessionApiDeps } from '../route.ts'
import { route } from '../route.ts'

/** Shorter than the minute after which proxies commonly give up on a connection that is silent. */
const HEARTBEAT_MS = 20_000
const RETRY_AFTER_SECONDS = 60
const PATH = '/authentication_flows/events'

/** Where a custom screen or page hears that the link of its state was approved, below the server's own address. */
export async function eventsUrlOf(deps: Pick<SessionApiDeps, 'basePath' | 'flows'>, answer: Extract<FlowAnswer, { kind: 'screen' }>): Promise<string | undefined> {
  if (answer.screen.screen !== 'enter_one_time_code' || answer.screen.form === 'code') return undefined
  const channel = await deps.flows.links.channelOf(answer.stateToken)
  return channel && `${deps.basePath}/api/v1${PATH}?channel=${encodeURIComponent(channel)}`
}

/**
 * Server-sent events (WHATWG HTML section 9.2). The channel is unguessable and tells nothing but that something happened,
 * so it needs no cookie. Any refusal tells an `EventSource` to stop asking (section 9.2.3).
 */
export const followAuthenticationFlow = route({
  method: 'GET',
  path: PATH,
  operationId: 'followAuthenticationFlow',
  summary: 'Server-sent events of a state: `refresh` once its mailed link was approved, then the end. 404 when there is nothing to wait for.',
  access: 'public',
  needsCsrf: false,
  takesScreens: true,
  query: z.strictObject({ channel: z.string().max(512).regex(/^[\w-]+\.[\w-]+\.[\w-]+$/).meta({ description: 'As `events_url` has it.' }) }),
  success: { status: 200, isEventStream: true },
  errors: ['not_found', 'rate_limited'],
  async handle({ deps, query, requester }) {
    const stream = new PassThrough()
    const listening = await deps.flows.links.listen(query.channel, {
      ip: requester.ip,
      onApproved: () => void stream.end('event: refresh\ndata: {}\n\n'),
      onClosed: () => void stream.end(),
    })
    if (listening === 'over') return refuse('not_found')
    if (listening === 'too_many') return refuse('rate_limited', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    // Something to read at once, so that what lies between opens the connection.
    if (!stream.writableEnded) stream.write(': waiting\n\n')
    const heartbeat = setInterval(() => void (stream.writableEnded || stream.write(': waiting\n\n')), HEARTBEAT_MS).unref()
    stream.once('close', () => {
      clearInterval(heartbeat)
      listening.stop()
    })
    return { status: 200, stream }
  },
})
