import type { RegisteredClient } from '../registered-client.ts'

/** Client information (RFC 7591 section 3.2.1) as far as it lies in the database: every field in force, in the wire's spelling. */
export function describeRegistration({ clientId, name, metadata, registration }: RegisteredClient): Readonly<Record<string, unknown>> {
  const { access_token_format: _format, access_token_ttl_seconds: _access, id_token_ttl_seconds: _id, refresh_token_ttl_seconds: _refresh, profile: _profile, ...others } = metadata
  // No client that registers itself acts for somebody else.
  const { token_exchange_audiences: _audiences, token_exchange_subjects: _subjects, token_exchange_mode: _mode, trusted_issuers: _issuers, ...standard } = others
  return {
    client_id: clientId,
    ...(registration ? { client_id_issued_at: Math.floor(registration.at / 1_000) } : {}),
    client_name: name,
    ...standard,
    response_types: metadata.grant_types.includes('authorization_code') ? ['code'] : [],
    ...(registration?.softwareStatement === undefined ? {} : { software_statement: registration.softwareStatement }),
  }
}
