import { crc32, deflateSync } from 'node:zlib'
import type { LightMyRequestResponse } from 'fastify'
import type { Browser } from './browser.ts'
import { cookieOf } from './tokens.ts'

/** One chunk of a PNG. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** A grey PNG of these sides, with further chunks before its pixels. */
export function png(width: number, height: number, further: readonly Buffer[] = []): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const pixels = deflateSync(Buffer.alloc(Math.min(height, 16) * (Math.min(width, 16) + 1)))
  return Buffer.concat([SIGNATURE, pngChunk('IHDR', header), ...further, pngChunk('IDAT', pixels), pngChunk('IEND', Buffer.alloc(0))])
}

export const PNG = png(2, 3)

/** Sends bytes as the picture of who is signed in. */
export async function putPicture(browser: Browser, content: Buffer, type = 'image/png'): Promise<LightMyRequestResponse> {
  await browser.api('GET', '/csrf')
  return browser.raw({
    method: 'PUT',
    url: '/auth/api/v1/account/picture',
    headers: { 'content-type': type, 'x-csrf-token': cookieOf(browser, 'csrf'), origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' },
    payload: content,
  })
}
