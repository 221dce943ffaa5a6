import type { Logger } from '../platform/logger.ts'
import type { Outbox } from '../services/outbox/index.ts'
import type { Job } from './repeat.ts'
import { repeat } from './repeat.ts'

/** Finds what other instances left behind; what this one enqueued wakes it at once. */
const POLL_MS = 2_000
/** The row must be committed before it can be found. */
const AFTER_ENQUEUE_MS = 50
/** Each has a few requests open at once. */
const CLIENTS_AT_ONCE = 32

/** Tells clients of sign-outs, beside one another: one that is slow keeps itself waiting, no other client and no mail. */
export function startLogoutDelivery({ outbox, logger }: { outbox: Outbox; logger: Logger }): Job {
  const served = new Map<string, Promise<void>>()

  async function serve(clientId: string, isStopped: () => boolean): Promise<void> {
    try {
      while (!isStopped() && (await outbox.deliverDueTo(clientId, isStopped)) > 0);
      // There may be more of them than are served at once.
      setImmediate(() => job.wake())
    } catch (error) {
      logger.warn({ job: 'deliver-logouts', clientId, err: error }, 'a job failed and will be tried again')
    }
    served.delete(clientId)
  }

  const job = repeat('deliver-logouts', POLL_MS, logger, async (isStopped) => {
    // As many more as are being served: those may be all that is due.
    const due = await outbox.listDueRecipients(CLIENTS_AT_ONCE + served.size)
    for (const clientId of due) {
      if (served.size >= CLIENTS_AT_ONCE || isStopped()) return
      if (!served.has(clientId)) served.set(clientId, serve(clientId, isStopped))
    }
  })
  outbox.onEnqueued(() => void setTimeout(() => job.wake(), AFTER_ENQUEUE_MS).unref())
  return {
    wake: job.wake,
    async stop() {
      await job.stop()
      await Promise.all(served.values())
    },
  }
}
