import { parseEmail } from '../../domain/email.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { toPlainLine } from './clean-text.ts'

/** Who mails come from: the name shown, the address, and its domain, under which Message-IDs are made. */
export interface Sender {
  readonly name: string
  readonly address: string
  readonly domain: string
}

const MAX_NAME_LENGTH = 100
/** A machine without a domain of its own still sends to its own relay. */
const LOCAL_SENDER = /^[a-z0-9._+-]+@localhost$/i

/** `address`, `Name <address>` or `"Name" <address>`; exactly one. */
export function parseSender(text: string): Result<Sender, 'invalid_sender'> {
  const match = /^\s*(?:"([^"<>\r\n]*)"|([^"<>\r\n,;]*?))\s*<([^<>\s]+)>\s*$/.exec(text)
  const address = match?.[3] ?? text.trim()
  const name = toPlainLine(match?.[1] ?? match?.[2] ?? '', MAX_NAME_LENGTH)
  if (LOCAL_SENDER.test(address)) return succeed({ name, address, domain: 'localhost' })
  const parsed = parseEmail(address)
  if (!parsed.ok) return fail('invalid_sender')
  const { display } = parsed.value
  return succeed({ name, address: display, domain: display.slice(display.lastIndexOf('@') + 1) })
}
