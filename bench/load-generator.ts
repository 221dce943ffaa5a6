/** A process of its own that makes HTTP load, so that making it costs the server's core nothing. */
import type { LoadJob } from './load/jobs.ts'
import { runJob } from './load/run-job.ts'

process.on('message', (job: LoadJob) => {
  runJob(job).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })
