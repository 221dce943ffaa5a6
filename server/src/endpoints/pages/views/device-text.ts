import { describeDevice } from '../../../domain/describe-device.ts'
import { fillText } from './fill-text.ts'

/** The device in the list of sessions, such as "Firefox on Linux". */
export function deviceText(userAgent: string): string {
  const { browser, system } = describeDevice(userAgent)
  if (system === undefined) return browser ?? fillText('device.unknown')
  return fillText('device.on', { browser: browser ?? fillText('device.unknown_browser'), system })
}
