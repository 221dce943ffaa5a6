/** crypt(3)'s alphabet: not that of RFC 4648. */
export const CRYPT_ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Writes up to three bytes, the first the most significant, as characters of six bits, the lowest bits first. */
export function encodeGroup(bytes: readonly number[]): string {
  let value = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  let text = ''
  for (let index = 0; index <= bytes.length; index += 1) {
    text += CRYPT_ALPHABET[value & 0x3f]
    value >>= 6
  }
  return text
}
