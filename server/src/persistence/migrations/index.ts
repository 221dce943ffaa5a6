import { foundation } from './0001-foundation.ts'
import { passkeys } from './0002-passkeys.ts'
import { settingsAndSecondFactors } from './0003-settings-and-second-factors.ts'
import { tenantSecrets } from './0005-tenant-secrets.ts'
import { passwordPolicy } from './0006-password-policy.ts'
import { language } from './0010-language.ts'
import type { Migration } from './migration.ts'

/** In order. A name never changes once released: databases remember it. */
export const MIGRATIONS: readonly Migration[] = [foundation, passkeys, settingsAndSecondFactors, tenantSecrets, passwordPolicy, language]
