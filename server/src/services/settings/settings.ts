import type { TenantId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Policy } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import { findTenantSettings, putTenantSettings } from '../../persistence/queries/tenant-settings.ts'
import type { Clock } from '../../platform/clock.ts'
import { OperatorError } from '../../platform/operator-error.ts'
import type { Events } from '../events/index.ts'
import type { Secrets } from '../secrets/index.ts'
import { listDifferences } from './differences.ts'
import type { SettingsDocument, SettingsProblems } from './document.ts'
import { listNamedSecrets } from './groups/messaging.ts'
import { DEFAULT_SETTINGS, parseSettings, policyOf, writeSettings } from './document.ts'

/** How old what an instance goes by may be: a change is in force everywhere after that. */
export const SETTINGS_CACHE_MS = 1_000

export interface PlannedChange {
  /** One line a value that changes; empty when nothing does. */
  readonly differences: readonly string[]
  /** The version the plan was made on; it must still be the newest when the plan is applied. */
  readonly after: number
}

export interface Settings {
  /** The rules in force, at most a second old. */
  policy(): Promise<Policy>
  /** Every setting in force, at most a second old. */
  document(): Promise<SettingsDocument>
  /** The text that was applied last, as it was; every default while none was. */
  show(): Promise<string>
  plan(text: string): Promise<Result<PlannedChange, SettingsProblems>>
  /** Puts the text in force; `conflict` when another change came first. */
  apply(text: string): Promise<Result<PlannedChange, SettingsProblems | 'conflict'>>
}

interface Loaded {
  readonly version: number
  readonly text: string | undefined
  readonly document: SettingsDocument
  readonly policy: Policy
}

export function createSettings(deps: {
  database: Database
  clock: Clock
  events: Events
  tenantId: TenantId
  /** False where the address of the server can have none; they are then left out of what is in force. */
  offersPasskeys: boolean
  secrets: Secrets
}): Settings {
  const { database, clock, events, tenantId, offersPasskeys, secrets } = deps
  let cache: { loaded: Promise<Loaded>; at: number } | undefined

  async function load(): Promise<Loaded> {
    const row = await findTenantSettings(database.read, tenantId)
    const parsed = row ? parseSettings(row.document) : succeed(DEFAULT_SETTINGS)
    // Settings of a later release, or touched by hand: guessing what was meant could open a door.
    if (!parsed.ok) throw new OperatorError(`the settings in the database do not fit this release: ${parsed.failure.join('; ')}`)
    return { version: row?.version ?? 0, text: row?.document, document: parsed.value, policy: policyOf(parsed.value, offersPasskeys) }
  }

  function recent(): Promise<Loaded> {
    const age = cache ? clock.now() - cache.at : Infinity
    if (cache && age >= 0 && age < SETTINGS_CACHE_MS) return cache.loaded
    const loaded = load()
    cache = { loaded, at: clock.now() }
    loaded.catch(() => {
      if (cache?.loaded === loaded) cache = undefined
    })
    return loaded
  }

  async function plan(text: string): Promise<Result<PlannedChange, SettingsProblems>> {
    const parsed = parseSettings(text)
    if (!parsed.ok) return parsed
    const missing = await listMissingSecrets(parsed.value)
    if (missing.length > 0) return fail(missing)
    const { version, document } = await load()
    return succeed({ differences: listDifferences(document, parsed.value), after: version })
  }

  async function listMissingSecrets({ messaging }: SettingsDocument): Promise<string[]> {
    const set = new Set((await secrets.list()).map(({ name }) => name))
    const missing = listNamedSecrets(messaging).filter((name) => !set.has(name))
    return missing.map((name) => `the secret ${name} is not set: gatepost settings secret set ${name}`)
  }

  return {
    policy: async () => (await recent()).policy,
    document: async () => (await recent()).document,
    show: async () => {
      const { text, document } = await load()
      return text ?? writeSettings(document)
    },
    plan,
    async apply(text) {
      const planned = await plan(text)
      if (!planned.ok) return planned
      const { after, differences } = planned.value
      try {
        const isPut = await database.transaction(async (tx) => {
          if (!(await putTenantSettings(tx, { tenantId, after, document: text, at: clock.now() }))) return false
          await events.record(tx, { type: 'settings.applied', tenantId, data: { version: after + 1, differences: differences.join('; ') } })
          return true
        })
        if (!isPut) return fail('conflict')
      } catch (error) {
        if (isUniqueViolation(error)) return fail('conflict')
        throw error
      }
      cache = undefined
      return planned
    },
  }
}
