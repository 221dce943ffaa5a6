import { createCipheriv } from 'node:crypto'
import { hasUsualLengths } from './bounds.ts'
import { decodeBase64, equalBytes, parseCount } from './encodings.ts'
import type { HashFormat } from './foreign-hash.ts'
import { refuse } from './foreign-hash.ts'
import { deriveScrypt, findScryptProblem } from './scrypt.ts'

const FIREBASE = /^\$firebase-scrypt\$m=(\d+),r=(\d+)\$([^$]+)\$([^$]*)\$([^$]+)\$([^$]+)$/
const DERIVED_BYTES = 64
const AES_KEY_BYTES = 32

/**
 * Firebase Authentication's own scrypt (github.com/firebase/scrypt): the first 32 bytes that scrypt derives from password
 * and salt + separator are the AES-256-CTR key, with a counter of zero, under which the project's signer key is encrypted.
 * Our text: `$firebase-scrypt$m=mem_cost,r=rounds$signer key$salt separator$salt$hash`.
 */
export const firebaseScrypt: HashFormat = {
  recognises: (text) => text.startsWith('$firebase-scrypt$'),
  parse(text) {
    const [, memoryCost, rounds, ...encoded] = FIREBASE.exec(text) ?? []
    const [logN, blockSize] = [parseCount(memoryCost), parseCount(rounds)]
    const [signerKey, separator, salt, expected] = encoded.map(decodeBase64)
    if (logN === undefined || blockSize === undefined || !signerKey || !separator || !salt || !expected) return refuse('is not a complete Firebase hash')
    if (expected.length !== signerKey.length) return refuse('is not as long as the signer key, which it is made of')
    const fullSalt = Buffer.concat([salt, separator])
    if (!hasUsualLengths(fullSalt, expected)) return refuse('has a salt or a length that Firebase hashes do not have')
    const cost = { logN, blockSize, parallelism: 1 }
    const problem = findScryptProblem(cost)
    if (problem) return problem
    return {
      ok: true,
      hash: {
        algorithm: 'firebase-scrypt',
        async verify(password) {
          const derived = await deriveScrypt(Buffer.from(password), fullSalt, DERIVED_BYTES, cost)
          const cipher = createCipheriv('aes-256-ctr', derived.subarray(0, AES_KEY_BYTES), Buffer.alloc(16))
          return equalBytes(Buffer.concat([cipher.update(signerKey), cipher.final()]), expected)
        },
      },
    }
  },
}
