import { readEnvironment } from './config/read-environment.ts'
import { onNpmEnded } from './npm-ended.ts'

/**
 * Resolves once a signal, or the end of the npm that runs this, asked for the end and `stop` is done. A second signal does not wait: the process ends at once,
 * and what was not committed was never acknowledged.
 */
export async function stopOnSignal(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let isStopping = false
    const stopOnce = () => {
      if (isStopping) return
      isStopping = true
      stop().then(resolve, reject)
    }
    const onSignal = () => {
      if (isStopping) process.exit(130)
      stopOnce()
    }
    // Never the second signal: a Ctrl-C in a terminal reaches this process and ends the shell of npm at once.
    onNpmEnded(stopOnce, readEnvironment())
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}
