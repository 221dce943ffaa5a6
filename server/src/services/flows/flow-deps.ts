import type { Database } from '../../persistence/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Codes } from '../codes/index.ts'
import type { Deletions } from '../deletions/index.ts'
import type { Events } from '../events/index.ts'
import type { Invitations } from '../invitations/index.ts'
import type { KnownDevices } from '../known-devices/index.ts'
import type { Limits } from '../limits/index.ts'
import type { Messages } from '../messages/index.ts'
import type { Lockout } from '../lockout/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { Passkeys } from '../passkeys/index.ts'
import type { Passwords } from '../passwords/index.ts'
import type { SecondFactors } from '../second-factors/index.ts'
import type { Sessions } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'

/** What the flows work with: every other service has a part in proving who somebody is. */
export interface FlowDeps {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly sealer: Sealer
  readonly settings: Settings
  readonly passwords: Passwords
  readonly passkeys: Passkeys
  readonly codes: Codes
  readonly sessions: Sessions
  readonly secondFactors: SecondFactors
  readonly deletions: Deletions
  readonly limits: Limits
  readonly messages: Messages
  readonly lockout: Lockout
  readonly knownDevices: KnownDevices
  readonly invitations: Invitations
  readonly events: Events
  readonly outbox: Outbox
}
