/** A software authenticator (WebAuthn Level 3, section 6): ES256, no attestation. `Lie` is what an attacker would change. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

interface Descriptor {
  readonly id: string
}
export interface CreationOptions {
  readonly rp: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly challenge: string
  readonly excludeCredentials: readonly Descriptor[]
}
export interface RequestOptions {
  readonly challenge: string
  readonly rpId: string
  readonly allowCredentials: readonly Descriptor[]
}

export interface Lie {
  readonly type?: string
  readonly challenge?: string
  readonly origin?: string
  readonly crossOrigin?: boolean
  readonly topOrigin?: string
  readonly rpId?: string
  readonly isUserPresent?: boolean
  readonly isUserVerified?: boolean
  readonly isBackupEligible?: boolean
  readonly isBackedUp?: boolean
  readonly signCount?: number
  readonly userHandle?: string | undefined
  readonly algorithm?: number
  readonly attestation?: { readonly format: string; readonly statement: Readonly<Record<string, Cbor>> }
  readonly isSignatureWrong?: boolean
}

interface Credential {
  readonly id: Buffer
  readonly key: KeyObject
  readonly publicKey: KeyObject
  readonly rpId: string
  readonly userHandle: string
  signCount: number
}

export interface Authenticator {
  readonly credentials: Credential[]
  /** RegistrationResponseJSON. */
  create(options: CreationOptions, lie?: Lie & { readonly credentialId?: string }): Record<string, unknown> & { readonly id: string }
  /** AuthenticationResponseJSON by the newest credential, or one of the allowed. */
  get(options: RequestOptions, lie?: Lie): Record<string, unknown>
}

const FLAGS = { isUserPresent: 0x01, isUserVerified: 0x04, isBackupEligible: 0x08, isBackedUp: 0x10 } as const
const ATTESTED_CREDENTIAL_DATA = 0x40

/** `counts`: raises its signature counter, as a security key does; a synced passkey always says zero. */
export function createAuthenticator(options: { origin: string; isSynced?: boolean; counts?: boolean }): Authenticator {
  const { origin, isSynced = true, counts = false } = options
  const credentials: Credential[] = []

  function clientData(type: string, challenge: string, lie: Lie): Buffer {
    const facts = { type: lie.type ?? type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? origin, crossOrigin: lie.crossOrigin ?? false }
    return Buffer.from(JSON.stringify(lie.topOrigin === undefined ? facts : { ...facts, topOrigin: lie.topOrigin }))
  }

  function authenticatorData(rpId: string, signCount: number, lie: Lie, attested?: Buffer): Buffer {
    const truth = { isUserPresent: true, isUserVerified: true, isBackupEligible: isSynced, isBackedUp: isSynced }
    const flags = Object.entries(FLAGS).reduce((bits, [name, bit]) => bits | ((lie[name as keyof typeof FLAGS] ?? truth[name as keyof typeof FLAGS]) ? bit : 0), 0)
    const head = Buffer.alloc(5)
    head.writeUInt8(flags | (attested ? ATTESTED_CREDENTIAL_DATA : 0))
    head.writeUInt32BE(lie.signCount ?? signCount, 1)
    return Buffer.concat([createHash('sha256').update(lie.rpId ?? rpId).digest(), head, attested ?? Buffer.alloc(0)])
  }

  return {
    credentials,

    create({ rp, user, challenge, excludeCredentials }, lie = {}) {
      if (credentials.some((one) => excludeCredentials.some(({ id }) => id === text(one.id)))) throw new Error('InvalidStateError: excluded')
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const id = lie.credentialId === undefined ? randomBytes(32) : Buffer.from(lie.credentialId, 'base64url')
      const made: Credential = { id, key: privateKey, publicKey, rpId: rp.id, userHandle: user.id, signCount: counts ? 1 : 0 }
      credentials.push(made)
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const coseKey = cborMap([[1, 2], [3, lie.algorithm ?? -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const authData = authenticatorData(rp.id, made.signCount, lie, Buffer.concat([Buffer.alloc(16), length, id, coseKey]))
      const { format, statement } = lie.attestation ?? { format: 'none', statement: {} }
      const attestationObject = cborMap([['fmt', format], ['attStmt', statement], ['authData', authData]])
      const response = { clientDataJSON: text(clientData('webauthn.create', challenge, lie)), attestationObject: text(attestationObject), transports: ['internal'] }
      return { id: text(id), rawId: text(id), type: 'public-key', response, clientExtensionResults: {} }
    },

    get({ challenge, rpId, allowCredentials }, lie = {}) {
      const isAllowed = ({ id }: Credential) => allowCredentials.length === 0 || allowCredentials.some((one) => one.id === text(id))
      const used = credentials.findLast((one) => one.rpId === rpId && isAllowed(one))
      if (!used) throw new Error('NotAllowedError: no passkey for this')
      if (counts) used.signCount += 1
      const authData = authenticatorData(rpId, used.signCount, lie)
      const client = clientData('webauthn.get', challenge, lie)
      const signed = sign('sha256', Buffer.concat([authData, createHash('sha256').update(client).digest()]), used.key)
      if (lie.isSignatureWrong) signed[signed.length - 1]! ^= 1
      const userHandle = 'userHandle' in lie ? lie.userHandle : used.userHandle
      const response = { clientDataJSON: text(client), authenticatorData: text(authData), signature: text(signed), userHandle }
      return { id: text(used.id), rawId: text(used.id), type: 'public-key', response, clientExtensionResults: {} }
    },
  }
}

const text = (bytes: Buffer) => bytes.toString('base64url')

/** As much of CBOR (RFC 8949) as an attestation object needs. */
type Cbor = number | string | Buffer | readonly Cbor[] | { readonly [name: string]: Cbor }

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? cborHead(0, value) : cborHead(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([cborHead(2, value.length), value])
  if (Array.isArray(value)) return Buffer.concat([cborHead(4, value.length), ...(value as readonly Cbor[]).map(cbor)])
  return cborMap(Object.entries(value as Record<string, Cbor>))
}

function cborMap(entries: readonly (readonly [Cbor, Cbor])[]): Buffer {
  return Buffer.concat([cborHead(5, entries.length), ...entries.flatMap(([name, value]) => [cbor(name), cbor(value)])])
}

function cborHead(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length])
  if (length < 256) return Buffer.from([(major << 5) | 24, length])
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff])
}
