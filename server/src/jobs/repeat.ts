import type { Logger } from '../platform/logger.ts'

/** A job on a timer: never twice at once in this process, a failure is logged and the next turn comes. */
export interface Job {
  /** Runs as soon as it can, once more if it is running. */
  wake(): void
  /** Waits for the turn under way. */
  stop(): Promise<void>
}

/** A turn that has many parts asks between them whether it should stop. */
export function repeat(name: string, everyMs: number, logger: Logger, turn: (isStopped: () => boolean) => Promise<unknown>): Job {
  let running: Promise<void> | undefined
  let isWanted = false
  let isStopped = false

  async function run(): Promise<void> {
    do {
      isWanted = false
      try {
        await turn(() => isStopped)
      } catch (error) {
        logger.warn({ job: name, err: error }, 'a job failed and will be tried again')
      }
    } while (isWanted && !isStopped)
    running = undefined
  }
  function wake(): void {
    if (isStopped) return
    isWanted = true
    running ??= run()
  }

  const timer = setInterval(wake, everyMs)
  timer.unref()
  return {
    wake,
    async stop() {
      isStopped = true
      clearInterval(timer)
      await running
    },
  }
}
