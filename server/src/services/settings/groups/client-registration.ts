import { z } from 'zod'

const MAX_DAYS = 3_650
const MAX_CLIENTS = 100_000
const MAX_SCOPES = 50
const MAX_ISSUERS = 20
const MAX_KEYS = 20
const MAX_HOSTS = 1_000
/** RFC 6749 section 3.3. */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/
const HOST = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:\d{1,5})?$/

const unique = (list: readonly string[]) => new Set(list).size === list.length

const Key = z.record(z.string(), z.unknown()).refine((key) => typeof key['kty'] === 'string' && key['kty'] !== 'oct' && key['d'] === undefined, 'must be a public JSON Web Key')

const Issuer = z.strictObject({
  issuer: z.string().min(1).max(255),
  jwks: z.strictObject({ keys: z.array(Key).min(1).max(MAX_KEYS) }),
})

/** Clients that nobody here made: they register themselves, or are described by a document at their client id. */
export const ClientRegistrationSettings = z
  .strictObject({
    policy: z
      .enum(['off', 'open', 'token', 'software_statement'])
      .default('off')
      .meta({ description: 'Who may register a client by RFC 7591: nobody; anybody, so many times an hour from one address; whoever has an initial access token (`gatepost clients registration-token create`); whoever has a software statement of one of the `software_statement_issuers`.' }),
    scopes: z
      .array(z.string().regex(SCOPE_TOKEN, 'must be a name of a scope (RFC 6749 section 3.3)').max(255))
      .max(MAX_SCOPES)
      .refine(unique, 'names one twice')
      .default(['openid', 'profile', 'email', 'offline_access'])
      .meta({ description: 'What such clients may ask for, registered or described by a document; of what they state, the rest is left out.' }),
    expire_unused_days: z
      .int()
      .min(0)
      .max(MAX_DAYS)
      .default(90)
      .meta({ description: 'A registered client that was given no tokens for so many days is deleted with all that people agreed to; 0 never.' }),
    maximum: z.int().min(1).max(MAX_CLIENTS).default(1_000).meta({ description: 'Registered clients at a time; further ones are refused until some are deleted.' }),
    localhost_redirects: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether such clients may also name `http://localhost`, as many agents on people\'s own machines do. What that name leads to may be somebody else\'s to say (RFC 8252 section 8.3); `127.0.0.1` and `[::1]` are always taken.' }),
    software_statement_issuers: z
      .array(Issuer)
      .max(MAX_ISSUERS)
      .refine((list) => unique(list.map(({ issuer }) => issuer)), 'names one twice')
      .default([])
      .meta({ description: 'Whose software statements (RFC 7591 section 2.3) are believed: `{issuer, jwks}`, the `iss` of the statement and a JWK Set of public keys. What a statement says comes before what the client says, also later on.' }),
    metadata_documents: z
      .enum(['off', 'on'])
      .default('off')
      .meta({ description: 'Whether a `client_id` may be an https address at which a document describes the client (draft-ietf-oauth-client-id-metadata-document), as MCP clients do.' }),
    metadata_document_hosts: z
      .array(z.string().regex(HOST, 'must be a host such as app.example.com, or with its port'))
      .max(MAX_HOSTS)
      .refine(unique, 'names one twice')
      .default([])
      .meta({ description: 'Hosts whose documents are taken, without those below them; empty: every host.' }),
  })
  .refine(({ policy, software_statement_issuers: issuers }) => policy !== 'software_statement' || issuers.length > 0, {
    message: 'must name at least one with `policy: software_statement`',
    path: ['software_statement_issuers'],
  })
  .prefault({})

export type ClientRegistrationRules = z.infer<typeof ClientRegistrationSettings>
