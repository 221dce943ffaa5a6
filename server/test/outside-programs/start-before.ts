import { afterAll, beforeAll } from 'vitest'
import { findFreePort } from '../harness/server.ts'
import type { ListeningGatepost } from './gatepost.ts'
import { startListeningGatepost } from './gatepost.ts'

interface Stoppable {
  stop(): Promise<void>
}

interface Beginning {
  readonly gatepost: ListeningGatepost
  /** Where the program under test is to listen. */
  readonly port: number
  readonly url: string
  /** Has it stopped after the tests, before whatever was started before it. */
  stopAfter<T extends Stoppable>(started: Promise<T>): Promise<T>
}

type Started<T> = Pick<Beginning, 'gatepost' | 'url'> & (T extends object ? T : unknown)

/**
 * Starts Gatepost, and what `start` starts at it, before the tests of the block that this is called in; stops it all after them.
 * The fields of what is returned are there once the tests run.
 */
export function startBefore<T = undefined>(start?: (beginning: Beginning) => Promise<T>): Started<T> {
  const running: Stoppable[] = []
  const started = {} as Started<T>

  async function stopAfter<S extends Stoppable>(promise: Promise<S>): Promise<S> {
    const one = await promise
    running.push(one)
    return one
  }
  beforeAll(async () => {
    const port = await findFreePort()
    const url = `http://127.0.0.1:${port}`
    const gatepost = await stopAfter(startListeningGatepost())
    Object.assign(started, { gatepost, url }, await start?.({ gatepost, port, url, stopAfter }))
  })
  afterAll(async () => {
    for (const one of running.reverse()) await one.stop()
  })
  return started
}
