/**
 * WebAuthn Level 3: what is asked of authenticators and what their answers prove. The only importer of
 * `@simplewebauthn/server`, which is loaded when the first answer comes: it takes a tenth of a second and some megabytes.
 */
import type { AuthenticationResponseJSON, AuthenticatorTransport, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'

/** Who asks: `id` is the host name, `origin` where our pages are (section 13.4.9). */
export interface RelyingParty {
  readonly id: string
  readonly origin: string
}

/** A stored credential. `publicKey` is a COSE_Key, base64url. */
export interface StoredCredential {
  readonly credentialId: string
  readonly publicKey: string
  readonly isBackupEligible: boolean
}

export interface VerifiedRegistration extends StoredCredential {
  readonly signCount: number
  readonly transports: readonly string[]
  readonly aaguid: string
  readonly isBackedUp: boolean
}

export interface VerifiedAssertion {
  readonly signCount: number
  readonly isBackedUp: boolean
}

/** An assertion as it was sent, not yet believed. */
export interface Assertion {
  readonly credentialId: string
  /** Whom the authenticator says the credential is for; always there for discoverable credentials. */
  readonly userHandle: string | undefined
  readonly response: AuthenticationResponseJSON
}

export interface WebAuthn {
  /** Loads the library, so that verifying inside a transaction waits for nothing. */
  load(): Promise<void>
  /** PublicKeyCredentialCreationOptionsJSON: discoverable, with user verification, without attestation. */
  creationOptions(facts: {
    challenge: string
    /** What people call the relying party; no authenticator compares it. */
    relyingPartyName: string
    userHandle: string
    userName: string
    displayName: string
    known: readonly { credentialId: string; transports: readonly string[] }[]
  }): CreationOptions
  /** PublicKeyCredentialRequestOptionsJSON; an empty `allowed` leaves the choice to the person. */
  requestOptions(facts: { challenge: string; allowed: readonly { credentialId: string; transports: readonly string[] }[] }): RequestOptions
  /** Section 7.1, without attestation. `given` is RegistrationResponseJSON, as text or parsed. Undefined when any check fails. */
  verifyRegistration(given: unknown, challenge: string): Promise<VerifiedRegistration | undefined>
  /** Reads AuthenticationResponseJSON, as text or parsed; undefined when it is none. */
  parseAssertion(given: unknown): Assertion | undefined
  /** Section 7.2 up to step 23; the signature counter is the caller's to judge. Undefined when any check fails. */
  verifyAssertion(assertion: Assertion, challenge: string, credential: StoredCredential): Promise<VerifiedAssertion | undefined>
}

/** COSE: EdDSA, ES256, RS256 (section 5.4, `pubKeyCredParams`), the best first. */
const ALGORITHMS = [-8, -7, -257]
/** How long a browser waits for the person. */
const PROMPT_TIMEOUT_MS = 4 * 60 * 1_000
/** Section 7.1, step 25. */
const CREDENTIAL_ID_MAX_BYTES = 1_023
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

const base64url = z.string().regex(/^[\w-]+$/)
const Assertion = z.object({
  id: base64url.max(Math.ceil((CREDENTIAL_ID_MAX_BYTES * 4) / 3)),
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: base64url.nullish() }),
})
const Registration = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: z.array(z.string()).max(20).optional() }),
})

export function createWebAuthn(rp: RelyingParty): WebAuthn {
  const loadLibrary = async () => {
    const [library, helpers] = await Promise.all([import('@simplewebauthn/server'), import('@simplewebauthn/server/helpers')])
    return { library, helpers }
  }
  const expected = (challenge: string) => ({ expectedChallenge: challenge, expectedOrigin: rp.origin, expectedRPID: rp.id, requireUserVerification: true })

  return {
    async load() {
      await loadLibrary()
    },

    creationOptions: ({ challenge, relyingPartyName, userHandle, userName, displayName, known }) => ({
      rp: { id: rp.id, name: relyingPartyName },
      user: { id: userHandle, name: userName, displayName },
      challenge,
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      timeout: PROMPT_TIMEOUT_MS,
      excludeCredentials: known.map(describe),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
      extensions: { credProps: true },
    }),

    requestOptions: ({ challenge, allowed }) => ({
      challenge,
      rpId: rp.id,
      timeout: PROMPT_TIMEOUT_MS,
      userVerification: 'required',
      allowCredentials: allowed.map(describe),
    }),

    async verifyRegistration(given, challenge) {
      const parsed = Registration.safeParse(parseJson(given))
      if (!parsed.success || isFromFrame(parsed.data.response.clientDataJSON)) return undefined
      const { library, helpers } = await loadLibrary()
      try {
        const attestation = helpers.decodeAttestationObject(helpers.isoBase64URL.toBuffer(parsed.data.response.attestationObject))
        // Attestation was not asked for, so what comes is none or self attestation (section 5.4.7). Another statement holds
        // certificates, and the library would fetch revocation lists from addresses that a stranger wrote into them.
        const isSelf = attestation.get('fmt') === 'packed' && attestation.get('attStmt').get('x5c') === undefined
        if (attestation.get('fmt') !== 'none' && !isSelf) return undefined
        const response = { ...parsed.data, clientExtensionResults: {} } as RegistrationResponseJSON
        const result = await library.verifyRegistrationResponse({ ...expected(challenge), response, supportedAlgorithmIDs: ALGORITHMS })
        if (!result.verified) return undefined
        const { credential, aaguid, credentialDeviceType, credentialBackedUp } = result.registrationInfo
        const isIdTooLong = Buffer.byteLength(credential.id, 'base64url') > CREDENTIAL_ID_MAX_BYTES
        if (isIdTooLong || credential.id !== parsed.data.id) return undefined
        return {
          credentialId: credential.id,
          publicKey: Buffer.from(credential.publicKey).toString('base64url'),
          signCount: credential.counter,
          transports: TRANSPORTS.filter((one) => parsed.data.response.transports?.includes(one)),
          aaguid,
          isBackupEligible: credentialDeviceType === 'multiDevice',
          isBackedUp: credentialBackedUp,
        }
      } catch {
        // The library throws for every check that fails, and for bytes that are no CBOR.
        return undefined
      }
    },

    parseAssertion(given) {
      const parsed = Assertion.safeParse(parseJson(given))
      if (!parsed.success) return undefined
      const { userHandle } = parsed.data.response
      const response = { ...parsed.data, clientExtensionResults: {} } as AuthenticationResponseJSON
      return { credentialId: parsed.data.id, userHandle: userHandle ?? undefined, response }
    },

    async verifyAssertion({ response }, challenge, stored) {
      if (isFromFrame(response.response.clientDataJSON)) return undefined
      const { library } = await loadLibrary()
      try {
        // A stored counter of zero leaves the counter to the caller, whose database decides races.
        const credential = { id: stored.credentialId, publicKey: new Uint8Array(Buffer.from(stored.publicKey, 'base64url')), counter: 0 }
        const { verified, authenticationInfo } = await library.verifyAuthenticationResponse({ ...expected(challenge), response, credential })
        const { newCounter, credentialDeviceType, credentialBackedUp } = authenticationInfo
        // Backup eligibility never changes (section 7.2, step 19).
        const isSameKind = (credentialDeviceType === 'multiDevice') === stored.isBackupEligible
        return verified && isSameKind ? { signCount: newCounter, isBackedUp: credentialBackedUp } : undefined
      } catch {
        // As above: a failed check, or bytes that are no CBOR.
        return undefined
      }
    },
  }
}

interface Descriptor {
  readonly type: 'public-key'
  readonly id: string
  readonly transports: readonly AuthenticatorTransport[]
}

export interface RequestOptions {
  readonly challenge: string
  readonly rpId: string
  readonly timeout: number
  readonly userVerification: 'required'
  readonly allowCredentials: readonly Descriptor[]
}

export interface CreationOptions {
  readonly rp: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly challenge: string
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[]
  readonly timeout: number
  readonly excludeCredentials: readonly Descriptor[]
  readonly authenticatorSelection: { readonly residentKey: 'required'; readonly requireResidentKey: true; readonly userVerification: 'required' }
  readonly attestation: 'none'
  readonly extensions: { readonly credProps: true }
}

function describe({ credentialId, transports }: { credentialId: string; transports: readonly string[] }): Descriptor {
  return { type: 'public-key', id: credentialId, transports: transports as readonly AuthenticatorTransport[] }
}

/** A form carries the answer as text, a JSON body as it is. */
function parseJson(given: unknown): unknown {
  if (typeof given !== 'string') return given
  try {
    return JSON.parse(given)
  } catch {
    return undefined
  }
}

/** Our pages are never framed, so an answer made in a frame of another site is none of ours (section 7.2, step 13). */
function isFromFrame(clientDataJSON: string): boolean {
  const clientData = parseJson(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as { crossOrigin?: unknown; topOrigin?: unknown } | null | undefined
  return (clientData?.crossOrigin ?? false) !== false || clientData?.topOrigin !== undefined
}
