import { PHPASS_MAX_LOG2_ROUNDS, SHA_CRYPT_MAX_ROUNDS } from '../bounds.ts'
import { equalBytes } from '../encodings.ts'
import type { HashFormat, ParsedForeignHash } from '../foreign-hash.ts'
import { refuse } from '../foreign-hash.ts'
import { recomputeInThread } from './crypt-thread.ts'
import { parseLog2Rounds } from './phpass.ts'
import { MD5_CRYPT, PHPASS, SHA_CRYPT } from './recompute.ts'

const KINDS = [
  { start: /^\$(1|apr1)\$/, parse: parseMd5Crypt },
  { start: /^\$[56]\$/, parse: parseShaCrypt },
  { start: /^\$[PH]\$/, parse: parsePhpass },
]

/** `$1$`, `$apr1$`, `$5$`, `$6$`, `$P$` and `$H$`. */
export const iteratedCrypt: HashFormat = {
  recognises: (text) => KINDS.some(({ start }) => start.test(text)),
  parse: (text) => KINDS.find(({ start }) => start.test(text))?.parse(text) ?? refuse('is of no kind that is supported'),
}

function parseMd5Crypt(text: string): ParsedForeignHash {
  if (!MD5_CRYPT.test(text)) return refuse('is not a complete md5-crypt hash')
  return accept(text, text.startsWith('$1$') ? 'md5-crypt' : 'apr1')
}

function parseShaCrypt(text: string): ParsedForeignHash {
  const [, head, kind, rounds] = SHA_CRYPT.exec(text) ?? []
  const digestLength = kind === '5' ? 43 : 86
  if (head === undefined || text.length !== head.length + digestLength) return refuse('is not a complete sha-crypt hash with at least 1000 rounds')
  if (Number(rounds ?? 0) > SHA_CRYPT_MAX_ROUNDS) return refuse(`asks for ${rounds} rounds, more than ${SHA_CRYPT_MAX_ROUNDS}`)
  return accept(text, kind === '5' ? 'sha256-crypt' : 'sha512-crypt')
}

function parsePhpass(text: string): ParsedForeignHash {
  const [, , rounds = '.'] = PHPASS.exec(text) ?? []
  const log2Rounds = parseLog2Rounds(rounds)
  if (!PHPASS.test(text) || log2Rounds < 7) return refuse('is not a complete phpass hash with at least 128 rounds')
  if (log2Rounds > PHPASS_MAX_LOG2_ROUNDS) return refuse(`asks for 2^${log2Rounds} rounds, more than 2^${PHPASS_MAX_LOG2_ROUNDS}`)
  return accept(text, 'phpass')
}

function accept(text: string, algorithm: string): ParsedForeignHash {
  return {
    ok: true,
    hash: { algorithm, verify: async (password) => equalBytes(Buffer.from(await recomputeInThread(text, password)), Buffer.from(text)) },
  }
}
