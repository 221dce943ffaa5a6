import { hkdfSync } from 'node:crypto'
import { EncryptJWT, jwtDecrypt } from 'jose'
import type { Clock } from '../clock.ts'

const SECRET_MIN_LENGTH = 32
const KEY_BYTES = 32

export interface Seal {
  /** `purpose` keeps what was sealed for one use from being shown for another. */
  seal(purpose: string, content: object, expiresAt: number): Promise<string>
  /** Undefined when it was sealed with another secret, for another purpose, was changed, or has expired. */
  open(purpose: string, sealed: string): Promise<Readonly<Record<string, unknown>> | undefined>
}

/**
 * Authenticated encryption (JWE, `dir` with A256GCM) under secrets of the application: the first one seals, each opens, so that they can be changed. Another client that shares a secret opens nothing of this one's.
 * @throws TypeError when there is none, or one is short.
 */
export function createSeal(secrets: readonly string[], of: { readonly issuer: string; readonly clientId: string }, clock: Clock): Seal {
  if (secrets.length === 0 || secrets.some((secret) => typeof secret !== 'string' || secret.length < SECRET_MIN_LENGTH)) throw new TypeError(`cookieSecret needs at least ${SECRET_MIN_LENGTH} characters`)
  const keys = secrets.map((secret) => new Uint8Array(hkdfSync('sha256', secret, '', JSON.stringify(['gatepost sign-in', of.issuer, of.clientId]), KEY_BYTES)))

  async function openWith(key: Uint8Array, purpose: string, sealed: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const opened = await jwtDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      audience: purpose,
      requiredClaims: ['exp'],
      currentDate: new Date(clock.now()),
    }).catch(() => undefined)
    if (opened === undefined) return undefined
    const { aud: _purpose, exp: _expiry, ...content } = opened.payload
    return content
  }

  return {
    seal: (purpose, content, expiresAt) =>
      new EncryptJWT({ ...content })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(purpose)
        .setExpirationTime(Math.floor(expiresAt / 1_000))
        .encrypt(keys[0]!),
    async open(purpose, sealed) {
      for (const key of keys) {
        const opened = await openWith(key, purpose, sealed)
        if (opened !== undefined) return opened
      }
      return undefined
    },
  }
}
