import type { Logger } from '../platform/logger.ts'
import type { Retention } from '../services/retention/index.ts'
import type { Job } from './repeat.ts'
import { repeat } from './repeat.ts'

const EVERY_MS = 15 * 60 * 1_000

export function startPurge({ retention, logger }: { retention: Retention; logger: Logger }): Job {
  return repeat('purge-expired', EVERY_MS, logger, () => retention.purge())
}
