import { createHmac } from 'node:crypto'

/** What a receiver should allow between `t` and its own clock; older requests are replays. */
export const WEBHOOK_REPLAY_WINDOW_SECONDS = 300

/**
 * The value of `Gatepost-Signature`: `t=` seconds since 1970, then for each secret `v1=` hex(HMAC-SHA256(secret, t + "." +
 * body)). Two secrets while one replaces the other: a receiver accepts when any of them is right.
 */
export function signWebhook(body: string, secrets: readonly string[], atMs: number): string {
  const t = String(Math.floor(atMs / 1_000))
  const signatures = secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`)
  return [`t=${t}`, ...signatures].join(',')
}
