import { describe, expect, test } from 'vitest'
import { describeDevice } from './describe-device.ts'

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'

describe('a user agent', () => {
  test.each([
    ['curl/8.5.0', 'curl', undefined],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${WEBKIT} Version/18.1 Mobile/15E148 Safari/604.1 OPT/5.0.5`, 'Opera', 'iPhone'],
    [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/142.0.0.0 Safari/537.36`, 'Chrome', 'Linux'],
    [`Mozilla/5.0 (iPad; CPU iPhone OS 12_2 like Mac OS X) ${WEBKIT} Version/12.1 Safari/604.1`, 'Safari', 'iPad'],
    ['Mozilla/5.0 (Windows; U; Windows NT 6.1) Gecko/20100101 Firefox/145.0', 'Firefox', 'Windows'],
    ['Mozilla/5.0 (Windows Phone 10.0) Edge/15.0', 'Edge', 'Windows'],
    ['Mozilla/5.0 (X11; OpenBSD amd64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox', undefined],
    ['Mozilla/5.0 (X11; CrOS x86_64 16000.0.0) Chrome/142.0.0.0 Safari/537.36', 'Chrome', 'ChromeOS'],
    ['Mozilla/5.0 (Macintosh) Somewhere/2.0', undefined, 'macOS'],
    ['Call 0800-EVIL or visit evil.example/now', undefined, undefined],
    ['', undefined, undefined],
  ])('%s is known by its browser and system', (userAgent, browser, system) => {
    expect(describeDevice(userAgent)).toEqual({ browser, system })
  })
})
