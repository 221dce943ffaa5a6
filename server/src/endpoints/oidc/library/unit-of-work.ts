import { AsyncLocalStorage } from 'node:async_hooks'
import type { LimitRefusal } from '../../../services/limits/index.ts'
import type { SignedIn, UserRecord } from '../../../services/sessions/index.ts'
import type { GrantChange } from '../../../services/grants/index.ts'

/** What one request read and is about to write: everything is written in one transaction, when the answer is known. */
export interface UnitOfWork {
  readonly changes: GrantChange[]
  /** By model and id. */
  readonly known: Map<string, Record<string, unknown>>
  /** The account behind what was found. */
  holder?: UserRecord
  /** Who is signed in in the browser that asks, if it is one. */
  readonly caller: SignedIn | undefined
  readonly pages: ProviderPages
  /** Counts one more request that waits for a person, or says when to come back. */
  takeParking(): Promise<LimitRefusal | undefined>
  /** Tells the log of a fault. */
  report(fault: unknown): void
  /** What the library caught that is nobody's mistake. */
  fault?: unknown
}

/** Pages of ours in the place of the library's, for the request that is answered. */
export interface ProviderPages {
  renderError(status: number, problem: string): Promise<string>
  /** A form that takes the fields to the address. */
  renderFormPost(to: { action: string; fields: Readonly<Record<string, string>> }): Promise<string>
}

const current = new AsyncLocalStorage<UnitOfWork>()

export function runInUnit<T>(asked: Pick<UnitOfWork, 'caller' | 'pages' | 'takeParking' | 'report'>, work: () => Promise<T>): Promise<T> {
  return current.run({ changes: [], known: new Map(), ...asked }, work)
}

export function unitOfWork(): UnitOfWork {
  const unit = current.getStore()
  if (!unit) throw new Error('the provider was asked outside of a request')
  return unit
}
