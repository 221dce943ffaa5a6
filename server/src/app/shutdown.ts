/**
 * Resolves once a signal asked for the end and `stop` is done. A second signal does not wait: the process ends at once,
 * and what was not committed was never acknowledged.
 */
export async function stopOnSignal(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let isStopping = false
    const onSignal = () => {
      if (isStopping) process.exit(130)
      isStopping = true
      stop().then(resolve, reject)
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}
