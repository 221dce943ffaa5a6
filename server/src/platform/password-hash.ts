import { hash, verify } from '@node-rs/argon2'
import { yieldToEventLoop } from './thread-priority.ts'
import { Unavailable } from './unavailable.ts'
import type { Random } from './random.ts'
import { newSecret } from './random.ts'

/** Argon2id cost. The default is the OWASP floor: 19 MiB, two passes, one lane. */
export interface Argon2Parameters {
  readonly memoryKib: number
  readonly passes: number
  readonly parallelism: number
}

export interface PasswordHasher {
  /** A PHC string (`$argon2id$v=19$m=..,t=..,p=..$salt$hash`). Throws `Unavailable` when the lanes are full. */
  hash(password: string): Promise<string>
  /**
   * `needsRehash` tells that the hash was made with other parameters than today's, `isForeign` that another system made it.
   * A hash that nobody can read, or that would cost more than an imported one may, matches nothing.
   */
  verify(stored: string, password: string): Promise<{ matches: boolean; needsRehash: boolean; isForeign: boolean }>
  /** Costs what a real verification costs and is always false: unknown accounts must not answer faster. */
  verifyNothing(password: string): Promise<false>
  /** Throws `Unavailable` when the lanes are full now: asked first, a flood costs no look-up either. */
  expectRoom(): void
}

/** Who waits longer than this is told to come back: a short queue keeps the rest of the server responsive. */
const MAX_QUEUE_WAIT_MS = 1_000
const RETRY_AFTER_OVERLOAD_SECONDS = 2
/** The form of our own hashes, whatever the parameters of their day. */
const OWN_FORM = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/
/** No operator can have chosen more (ARGON2_MEMORY_KIB): somebody else wrote it there. */
const OWN_MAX_MEMORY_KIB = 1_048_576
/** Likewise (ARGON2_PASSES). */
const OWN_MAX_PASSES = 20
// Argon2id's number in the library; its enum is a declaration that cannot be imported type-stripped.
const ARGON2ID = 2

/**
 * Hashing runs in `lanes` at a time, fewer than libuv's threads, so that DNS, files and signatures never queue behind
 * it. Admission is by expected wait, measured from the hashes that ran: a flood gets 503 early instead of a timeout late.
 */
export function createPasswordHasher(options: {
  parameters: Argon2Parameters
  lanes: number
  random: Random
  monotonicNow: () => number
}): PasswordHasher {
  const { parameters, lanes, random, monotonicNow } = options
  const cost = { algorithm: ARGON2ID, memoryCost: parameters.memoryKib, timeCost: parameters.passes, parallelism: parameters.parallelism }
  const prefix = `$argon2id$v=19$m=${parameters.memoryKib},t=${parameters.passes},p=${parameters.parallelism}$`
  const waiting: (() => void)[] = []
  let running = 0
  let averageMs = 30
  let decoyHash: Promise<string> | undefined
  let hasYielded = false

  function expectRoom(): void {
    if (running < lanes || ((waiting.length + 1) * averageMs) / lanes <= MAX_QUEUE_WAIT_MS) return
    throw new Unavailable('password hashing is at capacity', { retryAfterSeconds: RETRY_AFTER_OVERLOAD_SECONDS })
  }

  async function inLane<T>(work: () => Promise<T>): Promise<T> {
    expectRoom()
    if (running >= lanes) {
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    const startedAt = monotonicNow()
    const working = work()
    if (!hasYielded) {
      // The pool's threads exist once something runs in it.
      hasYielded = true
      yieldToEventLoop()
    }
    try {
      return await working
    } finally {
      averageMs = averageMs * 0.9 + (monotonicNow() - startedAt) * 0.1
      // The lane is handed on, never freed and raced for.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  const hashNow = (password: string) => hash(password, { ...cost, salt: random.bytes(16) })
  return {
    expectRoom,
    hash: (password) => inLane(() => hashNow(password)),
    async verify(stored, password) {
      if (isOwn(stored)) {
        const matches = await inLane(() => verify(stored, password))
        return { matches, needsRehash: !stored.startsWith(prefix), isForeign: false }
      }
      const { parseForeignHash } = await import('./foreign-hash/index.ts')
      const parsed = parseForeignHash(stored)
      // In a lane like any other: a wave of first sign-ins after an import is admitted by what its hashes cost.
      const matches = parsed.ok && (await inLane(() => parsed.hash.verify(password)))
      return { matches, needsRehash: true, isForeign: true }
    },
    async verifyNothing(password) {
      decoyHash ??= hashNow(newSecret(random))
      const decoy = await decoyHash
      await inLane(() => verify(decoy, password))
      return false
    },
  }
}

function isOwn(stored: string): boolean {
  const [, memoryKib, passes] = OWN_FORM.exec(stored) ?? []
  return memoryKib !== undefined && Number(memoryKib) <= OWN_MAX_MEMORY_KIB && Number(passes) <= OWN_MAX_PASSES
}
