import type { UserId } from '../../domain/ids.ts'
import type { AttributeDefinition, AttributeFault, AttributeValue } from '../../domain/profile/attribute.ts'
import type { Result } from '../../domain/result.ts'
import type { LimitRefusal } from '../limits/index.ts'
import type { Actor } from '../sessions/index.ts'

/** An attribute the person may see, with what they told; null while they told nothing. */
export interface ProfileEntry {
  readonly definition: AttributeDefinition
  readonly value: AttributeValue | null
}

/** By name; null forgets the value. */
export type ProfileChange = Readonly<Record<string, unknown>>

/** Every fault at once, so that a form is mended in one go; or too many values that others have were tried. */
export type ProfileFailure =
  | { readonly code: 'invalid_attributes'; readonly faults: readonly AttributeFault[] }
  | ({ readonly code: 'rate_limited' } & LimitRefusal)

export interface Profiles {
  /** What the person may read, in the order of the settings. */
  list(userId: UserId): Promise<ProfileEntry[]>
  /** All of it or nothing of it. */
  change(actor: Actor, change: ProfileChange): Promise<Result<undefined, ProfileFailure>>
  /** What tokens and `/user` may tell applications, by name. */
  claimsOf(userId: UserId): Promise<Readonly<Record<string, AttributeValue>>>
  /** Everything the person may read, for their export. */
  valuesOf(userId: UserId): Promise<Readonly<Record<string, AttributeValue>>>
}
