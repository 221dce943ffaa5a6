import type { UserId } from '../../domain/ids.ts'
import type { AttributeDefinition, AttributeFault, AttributeValue } from '../../domain/profile/attribute.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { listProfileAttributes } from '../../persistence/queries/profile-attribute.ts'
import { lockUser } from '../../persistence/queries/user-account.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Events } from '../events/index.ts'
import type { Limits } from '../limits/index.ts'
import { limitTaken } from '../limits/index.ts'
import type { Settings } from '../settings/index.ts'
import { attributesOf } from '../settings/index.ts'
import type { ProfileEntry, ProfileFailure, Profiles } from './profile-types.ts'
import { checkProfile, storeAttribute } from './store-attribute.ts'

/** Rolls back what was stored before the value that turned out to be taken. */
class Undo extends Error {
  readonly faults: readonly AttributeFault[]

  constructor(faults: readonly AttributeFault[]) {
    super('a value is taken')
    this.faults = faults
  }
}

export function createProfiles(deps: { database: Database; clock: Clock; events: Events; settings: Settings; limits: Limits }): Profiles {
  const { database, clock, events, settings, limits } = deps

  async function entriesOf(userId: UserId, isMeant: (definition: AttributeDefinition) => boolean): Promise<ProfileEntry[]> {
    const stored = new Map((await listProfileAttributes(database.read, userId)).map((row) => [row.name, row.value_json]))
    const meant = attributesOf((await settings.document()).profile).filter(isMeant)
    return meant.map((definition) => {
      const json = stored.get(definition.name)
      return { definition, value: json === undefined ? null : (JSON.parse(json) as AttributeValue) }
    })
  }

  const byName = (entries: readonly ProfileEntry[]) =>
    Object.fromEntries(entries.flatMap(({ definition, value }) => (value === null ? [] : [[definition.name, value] as const])))

  return {
    list: (userId) => entriesOf(userId, ({ access }) => access.person !== 'hidden'),
    valuesOf: async (userId) => byName(await entriesOf(userId, ({ access }) => access.person !== 'hidden')),
    claimsOf: async (userId) => byName(await entriesOf(userId, ({ access }) => access.token === 'read')),

    async change({ user, session, requester }, change) {
      const checked = checkProfile(attributesOf((await settings.document()).profile), change)
      if (!checked.ok) return fail({ code: 'invalid_attributes', faults: checked.failure })
      if (checked.value.length === 0) return succeed(undefined)
      const owner = { tenantId: session.tenant_id, userId: user.id }
      const store = async (): Promise<Result<undefined, ProfileFailure>> => {
        try {
          await database.transaction(async (tx) => {
            await lockUser(tx, user.id)
            for (const one of checked.value) {
              if (!(await storeAttribute(tx, owner, one, clock.now()))) throw new Undo([{ name: one.definition.name, problem: 'taken' }])
            }
            const names = checked.value.map(({ definition }) => definition.name).join(' ')
            await events.record(tx, { type: 'user.profile_changed', ...owner, actorUserId: user.id, sessionId: session.id, requester, data: { attributes: names } })
          })
          return succeed(undefined)
        } catch (error) {
          if (error instanceof Undo) return fail({ code: 'invalid_attributes', faults: error.faults })
          throw error
        }
      }
      const canCollide = checked.value.some(({ definition, value }) => definition.isUnique && value !== null)
      return canCollide ? limitTaken(limits, { user, session, requester }, store, ({ code }) => code === 'invalid_attributes') : store()
    },
  }
}
