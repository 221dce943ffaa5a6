import { foundation } from './0001-foundation.ts'
import { passkeys } from './0002-passkeys.ts'
import { settingsAndSecondFactors } from './0003-settings-and-second-factors.ts'
import { outOfBandFactors } from './0004-out-of-band-factors.ts'
import { tenantSecrets } from './0005-tenant-secrets.ts'
import { passwordPolicy } from './0006-password-policy.ts'
import { invitationsAndLockout } from './0007-invitations-and-lockout.ts'
import { account } from './0008-account.ts'
import { settingsFiles } from './0009-settings-files.ts'
import { language } from './0010-language.ts'
import { emailLinks } from './0012-email-links.ts'
import { anonymousUsers } from './0013-anonymous-users.ts'
import { protectionVersion } from './0015-protection-version.ts'
import { oauthClients } from './0017-oauth-clients.ts'
import { oauthGrants } from './0018-oauth-grants.ts'
import { outboxRecipient } from './0019-outbox-recipient.ts'
import { oauthResources } from './0020-oauth-resources.ts'
import { clientRegistration } from './0022-client-registration.ts'
import type { Migration } from './migration.ts'

/** In order. A name never changes once released: databases remember it. */
export const MIGRATIONS: readonly Migration[] = [
  foundation,
  passkeys,
  settingsAndSecondFactors,
  outOfBandFactors,
  tenantSecrets,
  passwordPolicy,
  invitationsAndLockout,
  account,
  settingsFiles,
  language,
  emailLinks,
  anonymousUsers,
  protectionVersion,
  oauthClients,
  oauthGrants,
  outboxRecipient,
  oauthResources,
  clientRegistration,
]
