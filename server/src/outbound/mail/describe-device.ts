import { texts } from './texts.ts'

/** Order matters: most browsers also name the ones they descend from. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|OPT|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows NT\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** A lone product token (RFC 9110, section 10.1.5), letters only: it can hold no address that a mail program would make a link of. */
const PRODUCT = /^([A-Za-z]{2,20})\/\d/

/** Longer than any real one; the rest is not looked at. */
const MAX_USER_AGENT_LENGTH = 512

/**
 * The device in words of ours ("Firefox on Windows"). The header is written by whoever signs in, who may be the very
 * attacker the mail warns of, so no sentence of theirs ("call this number", a link) is repeated to the owner.
 */
export function describeDevice(userAgent: string): string {
  const header = userAgent.slice(0, MAX_USER_AGENT_LENGTH)
  const browser = nameOf(header, BROWSERS)
  const system = nameOf(header, SYSTEMS)
  if (browser && system) return texts.browserOnSystem(browser, system)
  return browser ?? system ?? PRODUCT.exec(header)?.[1] ?? texts.unknownDevice
}

function nameOf(header: string, products: typeof BROWSERS): string | undefined {
  return products.find(([pattern]) => pattern.test(header))?.[1]
}
