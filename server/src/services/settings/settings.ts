import type { Branding } from '../../domain/branding/index.ts'
import type { TenantId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Policy } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import { findTenantSettings, putTenantSettings } from '../../persistence/queries/tenant-settings.ts'
import { listSettingsFileRows, putSettingsFiles } from '../../persistence/queries/tenant-settings-file.ts'
import type { Clock } from '../../platform/clock.ts'
import { OperatorError } from '../../platform/operator-error.ts'
import { Unavailable } from '../../platform/unavailable.ts'
import type { Events } from '../events/index.ts'
import type { Secrets } from '../secrets/index.ts'
import { listDifferences } from './differences.ts'
import type { SettingsFiles } from './declared-images.ts'
import type { SettingsDocument } from './document.ts'
import { listNamedSecrets } from './groups/messaging.ts'
import { DEFAULT_SETTINGS, policyOf } from './document.ts'
import { DEFAULT_BRANDING } from './branding-of.ts'
import { loadDeclaredReader } from './load-declared-reader.ts'
import type { Declared } from './read-declared.ts'
import type { SettingsProblems } from './settings-text.ts'

/** How old what an instance goes by may be: a change is in force everywhere after that. */
export const SETTINGS_CACHE_MS = 1_000

export interface PlannedChange {
  /** One line a value that changes; empty when nothing does. */
  readonly differences: readonly string[]
  /** All of them as they would be. */
  readonly document: SettingsDocument
  /** The version the plan was made on; it must still be the newest when the plan is applied. */
  readonly after: number
}

export interface Settings {
  /** The rules in force, at most a second old. */
  policy(): Promise<Policy>
  /** The whole document in force, for what the flow engine does not follow; at most a second old. */
  document(): Promise<SettingsDocument>
  /**
   * How pages and mails look and speak, at most a second old; `fresh` asks the database now. While it is away this is what
   * was known last: looks open no door, and an error should still look like the rest.
   */
  branding(options?: { fresh?: boolean }): Promise<Branding>
  /** The same as it was known last, without asking. */
  lastBranding(): Branding
  /** The text that was applied last, as it was; every default while none was. */
  show(): Promise<string>
  /** What that text says and this release does not follow, one line each with why; the safer of what it could mean is in force. */
  listNotInForce(): Promise<readonly string[]>
  /** `files`: those beside the declared one that it names (`listSettingsFiles`). */
  plan(text: string, files?: SettingsFiles): Promise<Result<PlannedChange, SettingsProblems>>
  /** Puts the text in force; `conflict` when another change came first. */
  apply(text: string, files?: SettingsFiles): Promise<Result<PlannedChange, SettingsProblems | 'conflict'>>
}

interface Loaded extends Declared {
  readonly version: number
  readonly text: string | undefined
  readonly policy: Policy
}

/** What an empty text declares. */
const NOTHING_DECLARED: Declared = { document: DEFAULT_SETTINGS, notInForce: [], branding: DEFAULT_BRANDING, files: new Map(), comparable: DEFAULT_SETTINGS }

async function read(text: string, files?: SettingsFiles, origin?: { isStored: boolean }): Promise<Result<Declared, SettingsProblems>> {
  const { readDeclared } = await loadDeclaredReader()
  return readDeclared(text, files, origin)
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
  let last: Loaded | undefined

  const lastBranding = () => last?.branding ?? DEFAULT_BRANDING

  async function load(): Promise<Loaded> {
    const row = await findTenantSettings(database.read, tenantId)
    const [version, text] = [row?.version ?? 0, row?.document]
    // Reading the same text again each second would cost more than asking for it.
    if (last?.version === version && last.text === text) return last
    const files = row ? await listSettingsFileRows(database.read, tenantId, version) : undefined
    const declared = text === undefined ? succeed(NOTHING_DECLARED) : await read(text, files, { isStored: true })
    // Settings of a later release, or touched by hand: guessing what was meant could open a door.
    if (!declared.ok) throw new OperatorError(`the settings in the database do not fit this release: ${declared.failure.join('; ')}`)
    last = { ...declared.value, version, text, policy: policyOf(declared.value.document, offersPasskeys) }
    return last
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

  /** While the database is away nobody gets in by anything: pages go on by what was known last. */
  async function inForce(): Promise<Loaded> {
    try {
      return await recent()
    } catch (error) {
      if (error instanceof Unavailable && last) return last
      throw error
    }
  }

  async function prepare(text: string, files: SettingsFiles | undefined): Promise<Result<{ change: PlannedChange; declared: Declared }, SettingsProblems>> {
    const declared = await read(text, files)
    if (!declared.ok) return declared
    const missing = await listMissingSecrets(declared.value.document)
    if (missing.length > 0) return fail(missing)
    const { version, comparable } = await load()
    return succeed({ change: { differences: listDifferences(comparable, declared.value.comparable), document: declared.value.document, after: version }, declared: declared.value })
  }

  async function listMissingSecrets({ messaging }: SettingsDocument): Promise<string[]> {
    const set = new Set((await secrets.list()).map(({ name }) => name))
    const missing = listNamedSecrets(messaging).filter((name) => !set.has(name))
    return missing.map((name) => `the secret ${name} is not set: gatepost settings secret set ${name}`)
  }

  return {
    policy: async () => (await inForce()).policy,
    document: async () => (await inForce()).document,
    async branding({ fresh = false } = {}) {
      if (fresh) cache = undefined
      // Nothing was known before the database went away, or it has settings that do not fit this release.
      return inForce().then(({ branding }) => branding, lastBranding)
    },
    lastBranding,
    show: async () => {
      const { text } = await load()
      return text ?? (await import('./settings-text.ts')).writeSettings(DEFAULT_SETTINGS)
    },
    listNotInForce: async () => (await load()).notInForce,
    async plan(text, files) {
      const prepared = await prepare(text, files)
      return prepared.ok ? succeed(prepared.value.change) : prepared
    },
    async apply(text, given) {
      const prepared = await prepare(text, given)
      if (!prepared.ok) return prepared
      const { change, declared } = prepared.value
      const { after, differences } = change
      try {
        const isPut = await database.transaction(async (tx) => {
          if (!(await putTenantSettings(tx, { tenantId, after, document: text, at: clock.now() }))) return false
          await putSettingsFiles(tx, { tenantId, version: after + 1, files: declared.files })
          await events.record(tx, { type: 'settings.applied', tenantId, data: { version: after + 1, differences: differences.join('; ') } })
          return true
        })
        if (!isPut) return fail('conflict')
      } catch (error) {
        if (isUniqueViolation(error)) return fail('conflict')
        throw error
      }
      cache = undefined
      return succeed(change)
    },
  }
}
