/** Owns: whether this instance can do its work: database, schema, signing keys, and not being on its way out. Does not own:
 * why a part fails; whoever needs it logs that. */
import type { Database } from '../../persistence/index.ts'
import { checkSchema } from '../../persistence/index.ts'
import type { Keys } from '../keys/index.ts'

export type CheckResult = 'ok' | 'failing'

export interface HealthReport {
  readonly isReady: boolean
  readonly checks: { readonly database: CheckResult; readonly schema: CheckResult; readonly keys: CheckResult; readonly draining: boolean }
}

export interface Health {
  check(): Promise<HealthReport>
  /** From now on not ready: balancers send no more, requests under way finish. */
  drain(): void
}

export function createHealth({ database, keys }: { database: Database; keys: Keys }): Health {
  let isDraining = false
  const passes = async (check: () => Promise<boolean>): Promise<CheckResult> => {
    try {
      return (await check()) ? 'ok' : 'failing'
    } catch {
      // The request that needs the part logs the cause; here only the fact counts.
      return 'failing'
    }
  }

  return {
    async check() {
      const connected = await passes(async () => {
        await database.ping()
        return true
      })
      const schema = connected === 'ok' ? await passes(async () => (await checkSchema(database)).ok) : 'failing'
      const signing = schema === 'ok' ? await passes(async () => (await keys.signer()).kid !== '') : 'failing'
      const isReady = !isDraining && signing === 'ok'
      return { isReady, checks: { database: connected, schema, keys: signing, draining: isDraining } }
    },
    drain() {
      isDraining = true
    },
  }
}
