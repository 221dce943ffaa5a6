import type { UserId } from '../../domain/ids.ts'
import type { RegisteredClient } from '../clients/index.ts'

/** The `sub` by which a client knows a person (OpenID Connect Core 1.0 section 8). */
export function subjectFor(_client: RegisteredClient, userId: UserId): string {
  return userId
}
