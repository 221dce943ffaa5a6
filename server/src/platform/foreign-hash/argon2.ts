import { hashRaw } from '@node-rs/argon2'
import { ARGON2_MAX_MEMORY_KIB, ARGON2_MAX_PARALLELISM, ARGON2_MAX_WORK_KIB, hasUsualLengths } from './bounds.ts'
import { decodeBase64, equalBytes, parseCount } from './encodings.ts'
import type { HashFormat } from './foreign-hash.ts'
import { refuse } from './foreign-hash.ts'

/** The library's numbers; its enums are declarations that cannot be imported type-stripped. */
const ALGORITHMS: Readonly<Record<string, number>> = { argon2d: 0, argon2i: 1, argon2id: 2 }
const VERSIONS: Readonly<Record<number, number>> = { 16: 0, 19: 1 }

/** The PHC form; without `v=` it is version 1.0 (16), which came before the version was written down. */
const PHC = /^\$(argon2id|argon2i|argon2d)\$(?:v=(\d+)\$)?m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/
/** Authara's own: `v=1` numbers the form, not the algorithm, which is that of today (19). */
const AUTHARA = /^\$argon2id\$v=1\$t=(\d+)\$m=(\d+)\$p=(\d+)\$([^$]+)\$([^$]+)$/
/** RFC 9106 section 3.1: at least this much memory for each lane, in KiB. */
const LEAST_KIB_PER_LANE = 8
const SALT_MIN_BYTES = 8

export const argon2: HashFormat = {
  recognises: (text) => text.startsWith('$argon2'),
  parse(text) {
    const parts = readParts(text)
    const [memoryCost, timeCost, parallelism] = [parseCount(parts?.memory), parseCount(parts?.passes), parseCount(parts?.lanes)]
    const [salt, expected] = [decodeBase64(parts?.salt ?? ''), decodeBase64(parts?.hash ?? '')]
    const algorithm = ALGORITHMS[parts?.algorithm ?? '']
    const version = VERSIONS[parts?.version ?? 0]
    const isComplete = algorithm !== undefined && memoryCost !== undefined && timeCost !== undefined && parallelism !== undefined
    if (!isComplete || !salt || !expected) return refuse('is not a complete Argon2 hash')
    if (version === undefined) return refuse('is of a version of Argon2 that is neither 16 nor 19')
    if (timeCost < 1 || parallelism < 1 || memoryCost < LEAST_KIB_PER_LANE * parallelism) return refuse('has Argon2 parameters that are too small')
    if (salt.length < SALT_MIN_BYTES || !hasUsualLengths(salt, expected)) return refuse('has a salt or a length that Argon2 hashes do not have')
    if (memoryCost > ARGON2_MAX_MEMORY_KIB) return refuse(`asks for ${memoryCost} KiB of memory, more than ${ARGON2_MAX_MEMORY_KIB}`)
    if (memoryCost * timeCost > ARGON2_MAX_WORK_KIB) {
      return refuse(`asks for ${timeCost} passes over ${memoryCost} KiB, more than ${ARGON2_MAX_WORK_KIB} KiB in all`)
    }
    if (parallelism > ARGON2_MAX_PARALLELISM) return refuse(`asks for ${parallelism} lanes, more than ${ARGON2_MAX_PARALLELISM}`)
    const cost = { algorithm, version, memoryCost, timeCost, parallelism, salt, outputLen: expected.length }
    return { ok: true, hash: { algorithm: parts?.algorithm ?? '', verify: async (password) => equalBytes(await hashRaw(password, cost), expected) } }
  },
}

function readParts(text: string) {
  const phc = PHC.exec(text)
  if (phc) {
    const [, algorithm, version, memory, passes, lanes, salt, hash] = phc
    return { algorithm, version: version === undefined ? 16 : Number(version), memory, passes, lanes, salt, hash }
  }
  const authara = AUTHARA.exec(text)
  if (!authara) return undefined
  const [, passes, memory, lanes, salt, hash] = authara
  return { algorithm: 'argon2id', version: 19, memory, passes, lanes, salt, hash }
}
