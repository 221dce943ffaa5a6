import { scrypt as deriveWithCallback } from 'node:crypto'
import { promisify } from 'node:util'
import { hasUsualLengths, SCRYPT_MAX_MEMORY_BYTES, SCRYPT_MAX_WORK } from './bounds.ts'
import { decodeAdaptedBase64, equalBytes, parseCount } from './encodings.ts'
import type { HashFormat, Refused } from './foreign-hash.ts'
import { refuse } from './foreign-hash.ts'

/** N is 2 to the power of `logN`. */
export interface ScryptCost {
  readonly logN: number
  readonly blockSize: number
  readonly parallelism: number
}

type Derive = (password: Uint8Array, salt: Uint8Array, length: number, options: { N: number; r: number; p: number; maxmem: number }) => Promise<Buffer>
const derive = promisify(deriveWithCallback) as Derive

const PHC = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/

/** RFC 7914. */
export function deriveScrypt(password: Uint8Array, salt: Uint8Array, length: number, cost: ScryptCost): Promise<Buffer> {
  const { logN, blockSize: r, parallelism: p } = cost
  const N = 2 ** logN
  // The library counts its own small buffers in as well.
  return derive(password, salt, length, { N, r, p, maxmem: 128 * r * (N + p + 2) + 1_024 })
}

/** What makes these parameters unusable or too costly; undefined when nothing does. */
export function findScryptProblem({ logN, blockSize, parallelism }: ScryptCost): Refused | undefined {
  if (logN < 1 || blockSize < 1 || parallelism < 1) return refuse('has scrypt parameters below 1')
  const memory = 128 * 2 ** logN * blockSize
  if (!(memory <= SCRYPT_MAX_MEMORY_BYTES)) return refuse(`asks for more than ${SCRYPT_MAX_MEMORY_BYTES / 2 ** 20} MiB of memory (128 · N · r)`)
  if (!(2 ** logN * blockSize * parallelism <= SCRYPT_MAX_WORK)) return refuse(`asks for more work than N · r · p = ${SCRYPT_MAX_WORK}`)
  return undefined
}

/** `$scrypt$ln=14,r=8,p=1$salt$hash`, as the PHC string format and Passlib write it. */
export const scrypt: HashFormat = {
  recognises: (text) => text.startsWith('$scrypt$'),
  parse(text) {
    const [, ln, r, p, saltText = '', hashText = ''] = PHC.exec(text) ?? []
    const [logN, blockSize, parallelism] = [parseCount(ln), parseCount(r), parseCount(p)]
    const [salt, expected] = [decodeAdaptedBase64(saltText), decodeAdaptedBase64(hashText)]
    if (logN === undefined || blockSize === undefined || parallelism === undefined || !salt || !expected) return refuse('is not a complete scrypt hash')
    if (!hasUsualLengths(salt, expected)) return refuse('has a salt or a length that scrypt hashes do not have')
    const cost = { logN, blockSize, parallelism }
    const problem = findScryptProblem(cost)
    if (problem) return problem
    return {
      ok: true,
      hash: {
        algorithm: 'scrypt',
        verify: async (password) => equalBytes(await deriveScrypt(Buffer.from(password), salt, expected.length, cost), expected),
      },
    }
  },
}
