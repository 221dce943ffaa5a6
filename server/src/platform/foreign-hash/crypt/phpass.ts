import { createHash } from 'node:crypto'
import { CRYPT_ALPHABET, encodeGroup } from './crypt-base64.ts'

/** Openwall's portable PHP password hash, of WordPress (`$P$`) and phpBB (`$H$`). Gives the encoded digest alone. */
export function phpass(password: Buffer, salt: string, log2Rounds: number): string {
  const md5 = (...parts: Uint8Array[]) => createHash('md5').update(Buffer.concat(parts)).digest()
  let digest = md5(Buffer.from(salt), password)
  for (let left = 2 ** log2Rounds; left > 0; left -= 1) digest = md5(digest, password)
  let text = ''
  for (let at = 0; at < digest.length; at += 3) text += encodeGroup([...digest.subarray(at, at + 3)].reverse())
  return text
}

/** One character stands for the binary logarithm of the rounds. */
export function parseLog2Rounds(character: string): number {
  return CRYPT_ALPHABET.indexOf(character)
}
