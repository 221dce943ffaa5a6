import type { Logger } from '../platform/logger.ts'
import type { Deletions } from '../services/deletions/index.ts'
import type { Job } from './repeat.ts'
import { repeat } from './repeat.ts'

const EVERY_MS = 5 * 60 * 1_000

/** Deletes the accounts whose owners asked for it and let the days pass, and reminds the others. */
export function startAccountDeletion({ deletions, logger }: { deletions: Deletions; logger: Logger }): Job {
  return repeat('delete-accounts', EVERY_MS, logger, (isStopped) => deletions.carryOut(isStopped))
}
