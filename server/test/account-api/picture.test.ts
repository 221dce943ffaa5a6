import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { signUp } from '../harness/people.ts'
import { PNG, png, pngChunk, putPicture } from '../harness/pictures.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, eventsOf, QUICK } from '../harness/tokens.ts'
import { refusalIn } from './challenges.ts'

const SECRET = 'taken at 51.5072N 0.1276W'

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

/** Orientation 6 and a note, little-endian, as phones write it. */
const EXIF = Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0', 'latin1'), Buffer.from(SECRET)])
const SOI = Buffer.from('ffd8', 'hex')
const JPEG = Buffer.concat([
  SOI,
  segment(0xe0, Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1')),
  segment(0xe1, EXIF),
  segment(0xfe, Buffer.from(SECRET)),
  segment(0xc0, Buffer.from([8, 0, 3, 0, 2, 1, 1, 0x11, 0])),
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xd9]),
  Buffer.from(SECRET),
])

function riff(...chunks: [string, Buffer][]): Buffer {
  const parts = chunks.map(([type, data]) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32LE(data.length, 4)
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
  })
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts])
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
const LOSSLESS = Buffer.from([0x2f, 1, 0x80, 0, 0, 7])
/** 16,384 pixels a side, the most that fit into 14 bits. */
const HUGE = Buffer.from([0x2f, 0xff, 0xff, 0xff, 0x0f])
const vp8x = (flags: number) => Buffer.from([flags, 0, 0, 0, 1, 0, 0, 2, 0, 0])
const WEBP = riff(['VP8X', vp8x(0x08)], ['VP8L', LOSSLESS], ['EXIF', Buffer.from(SECRET)])

for (const engine of testEngines) {
  describe(`the picture on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    const urlOf = async (browser: Browser) => (await browser.api('GET', '/account/profile')).json<{ picture_url: string | null }>().picture_url
    const fetchPicture = (url: string) => server.browser().raw({ method: 'GET', url: new URL(url).pathname })
    async function upload(browser: Browser, file: Buffer, more = '') {
      await browser.get('/auth/settings')
      const head = `--xyz\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n${cookieOf(browser, 'csrf')}\r\n${more}--xyz\r\nContent-Disposition: form-data; name="picture"; filename="me.png"\r\nContent-Type: image/svg+xml\r\n\r\n`
      const payload = Buffer.concat([Buffer.from(head), file, Buffer.from('\r\n--xyz--\r\n')])
      const headers = { accept: 'text/html', 'content-type': 'multipart/form-data; boundary=xyz', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }
      return browser.raw({ method: 'POST', url: '/auth/settings/picture', headers, payload })
    }

    test('is served to anybody who has its address, as a document that may do nothing, until it is replaced or removed', async () => {
      const { browser, id } = await signUp(server)
      const put = await putPicture(browser, PNG)
      expect(put.statusCode).toBe(200)
      const { picture_url: first } = put.json<{ picture_url: string }>()
      expect([first, first]).toEqual([await urlOf(browser), expect.stringMatching(/\/auth\/pictures\/[\w-]{43}$/)])
      const shown = await fetchPicture(first)
      expect(shown.rawPayload.equals(PNG)).toBe(true)
      expect(shown.headers).toMatchObject({
        'content-type': 'image/png',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'content-disposition': 'inline; filename="picture.png"',
        'cache-control': 'public, max-age=31536000, immutable',
      })
      await putPicture(browser, png(4, 4))
      const second = (await urlOf(browser))!
      expect([second === first, (await fetchPicture(first)).statusCode, (await fetchPicture(second)).statusCode]).toEqual([false, 404, 200])
      expect((await browser.api('DELETE', '/account/picture')).statusCode).toBe(204)
      expect([await urlOf(browser), (await fetchPicture(second)).statusCode]).toEqual([null, 404])
      expect(refusalIn(await browser.api('DELETE', '/account/picture'))).toEqual([404, 'not_found'])
      expect((await eventsOf(server, id, 'user.picture_changed', 'user.picture_removed')).map((event) => event.type)).toEqual(['user.picture_changed', 'user.picture_changed', 'user.picture_removed'])
    })

    test('loses what its camera noted, in each format, and stays the right way up', async () => {
      const { browser } = await signUp(server)
      const noted = png(2, 2, [pngChunk('tEXt', Buffer.from(`Comment\0${SECRET}`)), pngChunk('eXIf', Buffer.from(SECRET)), pngChunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f]))])
      for (const [bytes, type] of [[noted, 'image/png'], [JPEG, 'image/jpeg'], [WEBP, 'image/webp']] as const) {
        const put = await putPicture(browser, bytes, type)
        expect([type, put.statusCode]).toEqual([type, 200])
        const shown = await fetchPicture(put.json<{ picture_url: string }>().picture_url)
        expect(shown.headers['content-type']).toBe(type)
        expect(shown.rawPayload.includes(SECRET)).toBe(false)
        // Clean ones stay as they are.
        expect((await putPicture(browser, shown.rawPayload, type)).statusCode).toBe(200)
        if (type === 'image/png') expect(shown.rawPayload.includes('gAMA')).toBe(true)
        if (type === 'image/jpeg') {
          expect(shown.rawPayload.toString('hex')).toContain('ffe1002245786966000' + '04d4d002a00000008000101120003000000010006')
          expect(shown.rawPayload.subarray(-10).equals(Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xd9]))).toBe(true)
        }
        if (type === 'image/webp') expect(shown.rawPayload[20]).toBe(0)
      }
    })

    test('is refused when it is none, moves, is broken, too wide or too large, whatever it calls itself', async () => {
      const { browser } = await signUp(server)
      const broken = Buffer.from(PNG)
      broken[20] = 99
      const cases: [string, Buffer, string][] = [
        ['svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'not_an_image'],
        ['html after a signature', Buffer.concat([PNG.subarray(0, 8), Buffer.from('<script>')]), 'not_an_image'],
        ['gif', Buffer.from('GIF89a\x01\0\x01\0', 'latin1'), 'not_an_image'],
        ['a wrong checksum', broken, 'not_an_image'],
        ['cut off', PNG.subarray(0, -6), 'not_an_image'],
        ['a jpeg without pixels', JPEG.subarray(0, 40), 'not_an_image'],
        ['apng', png(2, 2, [pngChunk('acTL', Buffer.alloc(8))]), 'animated'],
        ['webp that moves', riff(['VP8X', vp8x(0x02)], ['VP8L', LOSSLESS]), 'animated'],
        // security case P3: what is unpacked is the frame, whatever the canvas around it says.
        ['webp with a small canvas around a huge frame', riff(['VP8X', vp8x(0)], ['VP8L', HUGE]), 'not_an_image'],
        ['the huge frame alone', riff(['VP8L', HUGE]), 'too_many_pixels'],
        ['too wide', png(4_097, 1), 'too_many_pixels'],
      ]
      for (const [name, bytes, problem] of cases) expect([name, ...refusalIn(await putPicture(browser, bytes))]).toEqual([name, 400, 'invalid_request', `body:${problem}`])
      expect(refusalIn(await putPicture(browser, Buffer.alloc(1_024 * 1_024 + 1)))).toEqual([413, 'payload_too_large'])
      expect(refusalIn(await putPicture(browser, PNG, 'image/svg+xml'))[0]).toBe(400)
      expect(await urlOf(browser)).toBe(null)
    })

    test('is uploaded and removed by a form without scripts; only with its token', async () => {
      const { browser } = await signUp(server)
      const saved = await upload(browser, PNG)
      expect([saved.statusCode, saved.headers['location']]).toEqual([303, '/auth/settings?notice=picture_saved'])
      expect((await browser.get('/auth/settings')).body).toContain(`src="${await urlOf(browser)}"`)
      const refused = await upload(browser, Buffer.from('<svg/>'))
      expect([refused.statusCode, refused.body.includes('Choose a PNG, JPEG or WebP image.')]).toEqual([422, true])
      expect((await upload(browser, Buffer.alloc(1_100_000))).statusCode).toBe(413)
      const twice = '--xyz\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\nwrong\r\n'
      expect((await upload(browser, PNG, twice)).statusCode).toBe(400)
      const stranger = await signUp(server)
      const stolen = browser.copy()
      for (const name of [...stolen.cookies.keys()]) if (name.endsWith('_csrf')) stolen.cookies.set(name, cookieOf(stranger.browser, 'csrf'))
      const before = await urlOf(browser)
      const forged = await stolen.raw({ method: 'POST', url: '/auth/settings/picture', headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x--\r\n' })
      expect([forged.statusCode, await urlOf(browser)]).toEqual([403, before])
      expect((await browser.post('/auth/settings/picture/remove', {})).statusCode).toBe(303)
      expect(await urlOf(browser)).toBe(null)
    })

    test('of a large photo is kept whole', async () => {
      const { browser } = await signUp(server)
      const noise = deflateSync(Buffer.from(Array.from({ length: 900_000 }, (_, index) => (index * 7_919 + (index >> 7)) % 251)), { level: 0 })
      const large = png(64, 64, [pngChunk('IDAT', noise)])
      const put = await putPicture(browser, large)
      const shown = await fetchPicture(put.json<{ picture_url: string }>().picture_url)
      expect([put.statusCode, shown.rawPayload.equals(large)]).toEqual([200, true])
    })
  })
}
