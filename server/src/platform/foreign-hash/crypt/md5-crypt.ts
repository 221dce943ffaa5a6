import { createHash } from 'node:crypto'
import { encodeGroup } from './crypt-base64.ts'

const ROUNDS = 1_000
/** The order in which Poul-Henning Kamp's original writes the digest's bytes. */
const GROUPS = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5], [11]]

/** FreeBSD's crypt_md5 (`$1$`), and the same under Apache's name (`$apr1$`). Gives the whole text. */
export function md5Crypt(password: Buffer, magic: '$1$' | '$apr1$', salt: string): string {
  const saltBytes = Buffer.from(salt)
  const md5 = (...parts: Uint8Array[]) => createHash('md5').update(Buffer.concat(parts)).digest()
  const inner = md5(password, saltBytes, password)
  const parts: Uint8Array[] = [password, Buffer.from(magic), saltBytes]
  for (let left = password.length; left > 0; left -= 16) parts.push(inner.subarray(0, Math.min(16, left)))
  // The original meant to take bytes of the digest here and takes a zero byte instead; every copy of it does so too.
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? Buffer.alloc(1) : password.subarray(0, 1))
  let digest = md5(...parts)
  for (let round = 0; round < ROUNDS; round += 1) {
    const turn: Uint8Array[] = [round & 1 ? password : digest]
    if (round % 3 !== 0) turn.push(saltBytes)
    if (round % 7 !== 0) turn.push(password)
    turn.push(round & 1 ? digest : password)
    digest = md5(...turn)
  }
  return `${magic}${salt}$${GROUPS.map((group) => encodeGroup(group.map((at) => digest[at] ?? 0))).join('')}`
}
