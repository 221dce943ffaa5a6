import { describeDevice } from '../../../domain/describe-device.ts'
import type { Say } from '../../../languages/index.ts'

/** The device in the list of sessions, such as "Firefox on Linux". */
export function deviceText(say: Say, userAgent: string): string {
  const { browser, system } = describeDevice(userAgent)
  if (system === undefined) return browser ?? say('device.unknown')
  return say('device.on', { browser: browser ?? say('device.unknown_browser'), system })
}
