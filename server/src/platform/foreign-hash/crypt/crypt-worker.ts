/** The thread of crypt-thread.ts: a question in, an answer out. */
import { parentPort } from 'node:worker_threads'
import type { CryptAnswer, CryptQuestion } from './crypt-thread.ts'
import { yieldOwnThread } from '../../thread-priority.ts'
import { recompute } from './recompute.ts'

yieldOwnThread()
parentPort?.on('message', ({ id, text, password }: CryptQuestion) => {
  parentPort?.postMessage({ id, text: recompute(text, Buffer.from(password)) ?? '' } satisfies CryptAnswer)
})
