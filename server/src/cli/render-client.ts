import type { RegisteredClient } from '../services/clients/index.ts'

const iso = (instant: number) => new Date(instant).toISOString()

/** A client with every default; of its secrets, when they were made and end. */
export function describeForJson(client: RegisteredClient, secret?: string): Record<string, unknown> {
  const { clientId, name, type, metadata, isFirstParty, isPublic, registration, secrets, createdAt, updatedAt } = client
  return {
    client_id: clientId,
    ...(secret === undefined ? {} : { client_secret: secret }),
    name,
    type,
    is_first_party: isFirstParty,
    is_public: isPublic,
    ...metadata,
    ...(registration ? { registered_at: iso(registration.at), last_used_at: registration.lastUsedAt === null ? null : iso(registration.lastUsedAt) } : {}),
    secrets: secrets.map((one) => ({ created_at: iso(one.createdAt), expires_at: one.expiresAt === null ? null : iso(one.expiresAt) })),
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
  }
}

/** One fact a line, for people and for `grep`; what is not set is left out. */
export function linesOfClient(client: RegisteredClient): string[] {
  const { secrets, ...facts } = describeForJson(client) as { secrets: readonly { created_at: string; expires_at: string | null }[] } & Record<string, unknown>
  const lines = Object.entries(facts).flatMap(([name, value]) => linesOf(name, value))
  return [...lines, ...secrets.map((one) => `secret: made ${one.created_at}${one.expires_at === null ? '' : `, ends ${one.expires_at}`}`)]
}

function linesOf(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.map((one: unknown) => `${name}: ${String(one)}`)
  return value === '' ? [] : [`${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`]
}
