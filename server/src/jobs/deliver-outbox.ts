import type { Logger } from '../platform/logger.ts'
import type { Outbox } from '../services/outbox/index.ts'
import type { Job } from './repeat.ts'
import { repeat } from './repeat.ts'

/** Finds what other instances left behind; what this one enqueued wakes it at once. */
const POLL_MS = 2_000
/** The row must be committed before it can be found. */
const AFTER_ENQUEUE_MS = 50

export function startOutboxDelivery({ outbox, logger }: { outbox: Outbox; logger: Logger }): Job {
  const job = repeat('deliver-outbox', POLL_MS, logger, async (isStopped) => {
    while (!isStopped() && (await outbox.deliverDue(isStopped)) > 0);
  })
  outbox.onEnqueued(() => void setTimeout(() => job.wake(), AFTER_ENQUEUE_MS).unref())
  return job
}
