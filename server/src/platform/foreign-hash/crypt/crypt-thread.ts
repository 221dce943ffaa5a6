import { Worker } from 'node:worker_threads'

export interface CryptQuestion {
  readonly id: number
  readonly text: string
  readonly password: string
}
export interface CryptAnswer {
  readonly id: number
  readonly text: string
}

/** In the repository the source runs as it is; `npm run build` writes it beside the rest under the same name. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './crypt-worker.ts' : './crypt-worker.js', import.meta.url)

const waiting = new Map<number, { resolve(text: string): void; reject(error: unknown): void }>()
let thread: Worker | undefined
let nextId = 1

/**
 * What `recompute` gives, computed in a thread of its own: hundreds of thousands of digests would hold up the event loop
 * for seconds. One thread for the process, started when the first such hash is met; it keeps no process alive by itself.
 */
export function recomputeInThread(text: string, password: string): Promise<string> {
  thread ??= startThread()
  const id = nextId++
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    thread?.ref()
    thread?.postMessage({ id, text, password } satisfies CryptQuestion)
  })
}

function startThread(): Worker {
  const worker = new Worker(WORKER)
  worker.unref()
  worker.on('message', ({ id, text }: CryptAnswer) => {
    waiting.get(id)?.resolve(text)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
  })
  worker.on('error', (error) => failAll(worker, error))
  worker.on('exit', () => failAll(worker, new Error('the thread that computes crypt hashes ended')))
  return worker
}

/** The next hash starts another thread; what that one owes is its own. */
function failAll(worker: Worker, error: unknown): void {
  if (thread !== worker) return
  thread = undefined
  for (const { reject } of waiting.values()) reject(error)
  waiting.clear()
}
