import type { Redis } from 'ioredis'
import type { Logger } from '../platform/logger.ts'

const COMMAND_TIMEOUT_MS = 100
const MAX_RECONNECT_DELAY_MS = 2_000

/** A connection that fails fast and comes back by itself: who counts with it must go on without it. */
export async function openRedis(url: string, logger: Logger): Promise<Redis> {
  const { Redis } = await import('ioredis')
  const redis = new Redis(url, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 2_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_DELAY_MS),
  })
  let wasReported = false
  redis.on('error', (error) => {
    if (!wasReported) logger.warn({ err: error }, 'Redis does not answer; limits are counted in this process until it does')
    wasReported = true
  })
  redis.on('ready', () => {
    wasReported = false
  })
  return redis
}
