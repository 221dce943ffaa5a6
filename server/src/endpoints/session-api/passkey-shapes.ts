import { z } from 'zod'
import type { PasskeyRecord, StartedCeremony } from '../../services/passkeys/index.ts'
import { iso, uuidText } from './shapes.ts'

/** Sealed by the server, some 300 characters. */
const ceremony = z.string().min(1).max(2_048).meta({ description: 'The `ceremony` that came with the options.' })
/** Looked at only once the ceremony is spent, so its shape is not checked here. */
const credential = z
  .record(z.string(), z.unknown())
  .meta({ description: '`PublicKeyCredential.toJSON()` of WebAuthn Level 3, section 5.1.' })

export const CredentialBody = z.strictObject({ ceremony, credential })

const Descriptor = z.object({ type: z.literal('public-key'), id: z.string(), transports: z.array(z.string()) })

export const RequestCeremony = z
  .object({
    ceremony: z.string(),
    expires_at: z.iso.datetime(),
    public_key: z
      .object({
        challenge: z.string(),
        rpId: z.string(),
        timeout: z.number(),
        userVerification: z.literal('required'),
        allowCredentials: z.array(Descriptor),
      })
      .meta({ description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON()`.' }),
  })
  .meta({ id: 'PasskeyRequest' })

export const CreationCeremony = z
  .object({
    ceremony: z.string(),
    expires_at: z.iso.datetime(),
    public_key: z
      .object({
        rp: z.object({ id: z.string(), name: z.string() }),
        user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
        challenge: z.string(),
        pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number() })),
        timeout: z.number(),
        excludeCredentials: z.array(Descriptor),
        authenticatorSelection: z.object({
          residentKey: z.literal('required'),
          requireResidentKey: z.literal(true),
          userVerification: z.literal('required'),
        }),
        attestation: z.literal('none'),
        extensions: z.object({ credProps: z.literal(true) }),
      })
      .meta({ description: 'For `PublicKeyCredential.parseCreationOptionsFromJSON()`.' }),
  })
  .meta({ id: 'PasskeyCreation' })

export const Passkey = z
  .object({
    id: uuidText,
    name: z.string(),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable(),
    synced: z.boolean().meta({ description: 'Kept by a password manager on several devices, not by one device alone.' }),
    aaguid: z.string(),
  })
  .meta({ id: 'Passkey' })

export function toCeremony<Options>({ ceremony: sealed, expiresAt, options }: StartedCeremony<Options>) {
  return { ceremony: sealed, expires_at: iso(expiresAt), public_key: options }
}

export function toPasskey(passkey: PasskeyRecord): z.infer<typeof Passkey> {
  return {
    id: passkey.id,
    name: passkey.name,
    created_at: iso(passkey.created_at),
    last_used_at: passkey.last_used_at === null ? null : iso(passkey.last_used_at),
    synced: passkey.is_backup_eligible === 1,
    aaguid: passkey.aaguid,
  }
}
