/** The part of the schema that surrounds passwords: what was, and what is asked for. */
import type { FormerPasswordId, TenantId, UserId } from '../domain/ids.ts'

/** A hash that was replaced; kept only where policy wants new passwords to differ from former ones. */
export interface FormerPasswordTable {
  id: FormerPasswordId
  tenant_id: TenantId
  user_id: UserId
  hash: string
  replaced_at: number
}

/** The operator wants a new password at the next sign-in by password; gone with any new one. */
export interface RequiredPasswordChangeTable {
  user_id: UserId
  tenant_id: TenantId
  required_at: number
}
