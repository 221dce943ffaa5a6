import { AsyncLocalStorage } from 'node:async_hooks'
import type { SignedIn } from '../../services/sessions/index.ts'
import type { GrantChange } from '../../services/grants/index.ts'

/** What one request read and is about to write: everything is written in one transaction, when the answer is known. */
export interface UnitOfWork {
  readonly changes: GrantChange[]
  /** By model and id. */
  readonly known: Map<string, Record<string, unknown>>
  /** Who is signed in in the browser that asks, if it is one. */
  readonly caller: SignedIn | undefined
}

const current = new AsyncLocalStorage<UnitOfWork>()

export function runInUnit<T>(caller: SignedIn | undefined, work: () => Promise<T>): Promise<T> {
  return current.run({ changes: [], known: new Map(), caller }, work)
}

export function unitOfWork(): UnitOfWork {
  const unit = current.getStore()
  if (!unit) throw new Error('the provider was asked outside of a request')
  return unit
}
