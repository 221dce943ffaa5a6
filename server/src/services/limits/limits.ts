import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import { sha256 } from '../../platform/digest.ts'
import type { LimitName } from './rules.ts'
import { LIMIT_RULES } from './rules.ts'

export interface LimitRefusal {
  readonly retryAfterSeconds: number
}

export interface Limits {
  /**
   * Takes one try; a refusal says when to come back, and nothing about what stands behind the key. `tries` takes the place
   * of the rule's own number where the settings say one.
   */
  take(name: LimitName, key: string, tries?: number): Promise<LimitRefusal | undefined>
  /** Gives a try back that turned out not to be a failure. */
  giveBack(name: LimitName, key: string): Promise<void>
}

/**
 * Counters in this process, or shared in Redis. While Redis does not answer, each process counts for itself: limits
 * get looser by the number of instances, never open.
 */
export function createLimits(options: { isEnabled: boolean; redis?: Redis | undefined; keyPrefix: string }): Limits {
  if (!options.isEnabled) return { take: async () => undefined, giveBack: async () => undefined }
  const limiters = Object.fromEntries(
    Object.entries(LIMIT_RULES).map(([name, rule]) => [name, createLimiter(name, rule, options)]),
  ) as Record<LimitName, RateLimiterAbstract>
  const declared = new Map<string, RateLimiterAbstract>()

  /** A limit whose number the settings say; in memory, counting begins anew when that number changes. */
  function limiterOf(name: LimitName, tries: number | undefined): RateLimiterAbstract {
    if (tries === undefined || tries === LIMIT_RULES[name].tries) return limiters[name]
    const known = declared.get(`${name}:${tries}`) ?? createLimiter(name, { ...LIMIT_RULES[name], tries }, options)
    declared.set(`${name}:${tries}`, known)
    return known
  }

  return {
    async take(name, key, tries) {
      try {
        await limiterOf(name, tries).consume(sha256(key))
        return undefined
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        return { retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)) }
      }
    },
    async giveBack(name, key) {
      await limiters[name].reward(sha256(key))
    },
  }
}

function createLimiter(
  name: string,
  rule: { tries: number; windowSeconds: number },
  options: { redis?: Redis | undefined; keyPrefix: string },
): RateLimiterAbstract {
  const shape = { keyPrefix: `${options.keyPrefix}:limit:${name}`, points: rule.tries, duration: rule.windowSeconds }
  const local = new RateLimiterMemory(shape)
  return options.redis ? new RateLimiterRedis({ ...shape, storeClient: options.redis, insuranceLimiter: local }) : local
}
