import type { MailOutcome } from './mail-sender.ts'

/** What the mail library attaches to its errors; every field may be missing. */
interface SmtpError {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly timeoutType?: unknown
  readonly command?: unknown
  readonly responseCode?: unknown
  readonly response?: unknown
}

/** 503 bad sequence, 530 authentication required, 534 / 535 / 538 authentication refused (RFC 5321, RFC 4954): about us, not the mail. */
const OUR_OWN_FAULT = new Set([503, 530, 534, 535, 538])
/** RFC 3463 enhanced status code after the reply code. */
const ENHANCED_STATUS = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/

/**
 * RFC 5321, section 4.2.1: a 5yz reply to the recipient or to the message stands however often it is tried again. Every
 * other trouble (network, TLS, credentials, our sender address, 4yz) can be mended while the mail waits.
 */
export function classifySmtpFailure(error: unknown): MailOutcome {
  const failure: SmtpError = typeof error === 'object' && error !== null ? error : {}
  const { command, responseCode } = failure
  if (typeof responseCode !== 'number') return { outcome: 'failed', isPermanent: false, reason: nameConnectionTrouble(failure) }
  const isAboutThisMail = command === 'RCPT TO' || command === 'DATA'
  const isPermanent = isAboutThisMail && responseCode >= 500 && responseCode < 600 && !OUR_OWN_FAULT.has(responseCode)
  return { outcome: 'failed', isPermanent, reason: nameReply(failure, responseCode) }
}

/** Built from codes alone: a server's own words may repeat the address, the message or what we signed in with. */
function nameReply(failure: SmtpError, responseCode: number): string {
  const status = typeof failure.response === 'string' ? ENHANCED_STATUS.exec(failure.response)?.[1] : undefined
  const command = toToken(failure.command)
  return `the mail server answered ${responseCode}${status ? ` ${status}` : ''}${command ? ` to ${command}` : ''}`
}

function nameConnectionTrouble(failure: SmtpError): string {
  if (failure.code === 'EABORT') return 'the mail server took longer than the time limit'
  const codes = [failure.code, failure.timeoutType ?? failure.originalCode].map(toToken).filter((token) => token !== '')
  return `the mail server could not be used (${[...new Set(codes)].join(', ') || 'unknown error'})`
}

function toToken(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z0-9_ -]{1,60}$/.test(value) ? value : ''
}
