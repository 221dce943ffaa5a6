import { readdirSync, readFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/** Half as much weight as the default for every five steps or so: enough that the event loop runs whenever it wants to. */
const NICENESS = 10
const POOL_THREAD_NAME = 'libuv-worker'

/**
 * Lets the threads of libuv's pool give way to the event loop: hashing fills the cores, and everything that does not hash
 * must not wait for a time slice. On Linux a thread has a niceness of its own; elsewhere nothing happens.
 */
export function yieldToEventLoop(): void {
  if (process.platform !== 'linux') return
  try {
    for (const thread of readdirSync('/proc/self/task')) {
      if (readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim() === POOL_THREAD_NAME) setPriority(Number(thread), NICENESS)
    }
  } catch {
    // A sandbox that hides /proc or forbids it: the server runs as it would elsewhere.
  }
}

/** The same for the thread that calls it: Linux takes process 0 for the calling thread. */
export function yieldOwnThread(): void {
  if (process.platform === 'linux') setPriority(0, NICENESS)
}
