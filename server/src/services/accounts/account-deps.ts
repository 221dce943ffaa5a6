import type { Database } from '../../persistence/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Codes } from '../codes/index.ts'
import type { Deletions } from '../deletions/index.ts'
import type { Events } from '../events/index.ts'
import type { KnownDevices } from '../known-devices/index.ts'
import type { Limits } from '../limits/index.ts'
import type { Lockout } from '../lockout/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { Passwords } from '../passwords/index.ts'
import type { RecentProof } from '../recent-proof/index.ts'
import type { Sessions, SignedIn } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'

/** What the account operations work with. */
export interface AccountDeps {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly sealer: Sealer
  readonly passwords: Passwords
  readonly codes: Codes
  readonly sessions: Sessions
  readonly limits: Limits
  readonly lockout: Lockout
  readonly knownDevices: KnownDevices
  readonly events: Events
  readonly outbox: Outbox
  readonly settings: Settings
  readonly deletions: Deletions
  readonly isRecentlyProven: RecentProof
  /** Whether the session was spared a second factor that the account has. */
  readonly isSpared: (signedIn: SignedIn) => Promise<boolean>
}
