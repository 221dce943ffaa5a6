/** The limit that sign-ins are held against: Argon2id verifications alone, as many at a time as there are cores. */
import { hash, verify } from '@node-rs/argon2'
import { ARGON2_COST } from './subjects/argon2-cost.ts'

const PASSWORD = 'correct horse battery staple'
const phc = await hash(PASSWORD, ARGON2_COST)

async function countHashes({ lanes, seconds }: { lanes: number; seconds: number }): Promise<number> {
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1_000
  let count = 0
  const lane = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      if (!(await verify(phc, PASSWORD))) throw new Error('the password does not match its hash')
      count += 1
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return count / ((performance.now() - startedAt) / 1_000)
}

process.on('message', (job: { lanes: number; seconds: number }) => {
  countHashes(job).then((perSecond) => process.send?.({ result: perSecond }), (error: Error) => process.send?.({ error: error.message }))
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })
