import { describeDevice } from '../../domain/describe-device.ts'
import type { Say } from '../../languages/index.ts'

/** A lone product token (RFC 9110, section 10.1.5), letters only: it can hold no address that a mail program would make a link of. */
const PRODUCT = /^([A-Za-z]{2,20})\/\d/

/**
 * The device in words of ours ("Firefox on Windows"). The header is written by whoever signs in, who may be the very
 * attacker the mail warns of, so no sentence of theirs ("call this number", a link) is repeated to the owner.
 */
export function deviceText(say: Say, userAgent: string): string {
  const { browser, system } = describeDevice(userAgent)
  if (browser && system) return say('device.on', { browser, system })
  return browser ?? system ?? PRODUCT.exec(userAgent)?.[1] ?? say('mail.unknown_device')
}
