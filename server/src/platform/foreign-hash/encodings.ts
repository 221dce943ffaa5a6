import { timingSafeEqual } from 'node:crypto'

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/

/** Base64 with or without padding, in the standard or the URL alphabet; undefined for anything else. */
export function decodeBase64(text: string): Buffer | undefined {
  const isBase64 = BASE64.test(text) && text.replace(/=+$/, '').length % 4 !== 1
  return isBase64 ? Buffer.from(text, 'base64') : undefined
}

/** Passlib writes `.` where base64 has `+`. */
export function decodeAdaptedBase64(text: string): Buffer | undefined {
  return decodeBase64(text.replaceAll('.', '+'))
}

/** Unpadded, as in the PHC string format. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}

/** A number in plain decimal digits without leading zeros; undefined for anything else. */
export function parseCount(text: string | undefined): number | undefined {
  return text !== undefined && /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : undefined
}

/** In time that does not depend on where they differ; a different length is a difference. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}
