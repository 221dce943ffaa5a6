import { GatepostError } from './gatepost-error.ts'

/** What this package uses of the browser for passkeys; undefined where it has no WebAuthn (also in pages that are not secure contexts). */
export interface Authenticators {
  readonly credentials: Pick<CredentialsContainer, 'create' | 'get'>
  readonly PublicKeyCredential: Partial<
    Pick<typeof PublicKeyCredential, 'parseCreationOptionsFromJSON' | 'parseRequestOptionsFromJSON' | 'isConditionalMediationAvailable'>
  >
}

export function currentAuthenticators(): Authenticators | undefined {
  if (typeof PublicKeyCredential === 'undefined' || (navigator as Partial<Navigator>).credentials === undefined) return undefined
  return { credentials: navigator.credentials, PublicKeyCredential }
}

/** `PublicKeyCredential.toJSON()`. */
export type CredentialJson = Readonly<Record<string, unknown>>

/**
 * The registration ceremony (WebAuthn Level 3, section 7.1), from options as JSON to an answer as JSON.
 * @throws GatepostError `passkey_cancelled`, `passkey_unsupported`, `passkey_already_registered`
 */
export function createCredential(authenticators: Authenticators | undefined, options: object): Promise<CredentialJson> {
  return hold(authenticators, async ({ credentials, PublicKeyCredential: json }) => {
    const publicKey = json.parseCreationOptionsFromJSON?.(options as PublicKeyCredentialCreationOptionsJSON) ?? decodeOptions(options)
    return credentials.create({ publicKey: publicKey as PublicKeyCredentialCreationOptions })
  })
}

/**
 * The authentication ceremony (WebAuthn Level 3, section 7.2). `isConditional` waits until a person picks a passkey in a field with
 * `autocomplete="username webauthn"`.
 * @throws GatepostError `passkey_cancelled`, `passkey_unsupported`
 */
export function getCredential(
  authenticators: Authenticators | undefined,
  options: object,
  { isConditional, signal }: { readonly isConditional: boolean; readonly signal: AbortSignal },
): Promise<CredentialJson> {
  return hold(authenticators, async ({ credentials, PublicKeyCredential: json }) => {
    const publicKey = json.parseRequestOptionsFromJSON?.(options as PublicKeyCredentialRequestOptionsJSON) ?? decodeOptions(options)
    return credentials.get({ publicKey: publicKey as PublicKeyCredentialRequestOptions, signal, ...(isConditional && { mediation: 'conditional' }) })
  })
}

async function hold(authenticators: Authenticators | undefined, ceremony: (authenticators: Authenticators) => Promise<Credential | null>): Promise<CredentialJson> {
  if (authenticators === undefined) throw unsupported(undefined)
  const credential = await ceremony(authenticators).catch((error: unknown) => {
    throw toGatepostError(error)
  })
  if (credential === null) throw cancelled(undefined)
  return toJson(credential as PublicKeyCredential)
}

const REASONS: Readonly<Record<string, (cause: unknown) => GatepostError>> = {
  NotAllowedError: cancelled,
  AbortError: cancelled,
  InvalidStateError: (cause) => new GatepostError('passkey_already_registered', 'This device has a passkey for this account already.', { status: 0, cause }),
  NotSupportedError: unsupported,
  ConstraintError: unsupported,
  SecurityError: unsupported,
}

function toGatepostError(error: unknown): unknown {
  return (error instanceof Error && REASONS[error.name]?.(error)) || error
}

/** Also when a later ceremony took the place of one that waited for autofill. */
export function cancelled(cause: unknown): GatepostError {
  return new GatepostError('passkey_cancelled', 'No passkey was used.', { status: 0, cause })
}

function unsupported(cause: unknown): GatepostError {
  return new GatepostError('passkey_unsupported', 'This device or browser cannot use passkeys here.', { status: 0, cause })
}

interface JsonDescriptor {
  readonly id: string
}

/** `parseCreationOptionsFromJSON()` and `parseRequestOptionsFromJSON()`, where the browser has none (before 2025 that was Safari). */
function decodeOptions(options: object): object {
  const json = options as { challenge: string; user?: JsonDescriptor; allowCredentials?: JsonDescriptor[]; excludeCredentials?: JsonDescriptor[] }
  const decodeId = (one: JsonDescriptor) => ({ ...one, id: toBytes(one.id) })
  return {
    ...json,
    challenge: toBytes(json.challenge),
    ...(json.user && { user: decodeId(json.user) }),
    ...(json.allowCredentials && { allowCredentials: json.allowCredentials.map(decodeId) }),
    ...(json.excludeCredentials && { excludeCredentials: json.excludeCredentials.map(decodeId) }),
  }
}

/** `toJSON()` is missing in older browsers, and throws where a password manager stands in for the browser. */
function toJson(credential: PublicKeyCredential): CredentialJson {
  try {
    return { ...credential.toJSON() }
  } catch {
    return encodeCredential(credential)
  }
}

const BINARY_PARTS = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']

function encodeCredential(credential: PublicKeyCredential): CredentialJson {
  const { id, rawId, type, authenticatorAttachment } = credential
  const response = credential.response as unknown as Readonly<Record<string, ArrayBuffer | null | undefined>> & { getTransports?(): string[] }
  const parts = BINARY_PARTS.flatMap((name) => (response[name] ? [[name, toText(response[name])]] : []))
  return {
    id,
    rawId: toText(rawId),
    type,
    ...(authenticatorAttachment && { authenticatorAttachment }),
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { ...Object.fromEntries(parts), ...(response.getTransports && { transports: response.getTransports() }) },
  }
}

function toBytes(base64url: string): Uint8Array {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}

function toText(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
