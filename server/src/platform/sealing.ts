import type { KeyObject } from 'node:crypto'
import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, hkdfSync } from 'node:crypto'
import { equalInConstantTime } from './digest.ts'
import type { Random } from './random.ts'

/**
 * Authenticated encryption (AES-256-GCM) and keyed hashing under a ring of keys. The first key seals, every key opens,
 * so a key is rotated by putting a new one in front. Each purpose has a subkey of its own (HKDF, RFC 5869): what was
 * sealed as a flow state can never be opened as a signing key.
 */
export interface Sealer {
  /** `context` is authenticated, not stored: opening needs the same one. */
  seal(purpose: string, plaintext: string, context?: string): string
  /** Undefined for anything that was not sealed by this ring for this purpose and context. */
  open(purpose: string, sealed: string, context?: string): string | undefined
  /** True when `sealed` is under an older key of the ring and wants rewrapping. */
  isStale(sealed: string): boolean
  /** Keyed hash (HMAC-SHA-256), base64url. */
  mac(purpose: string, text: string): string
  hasMac(purpose: string, text: string, mac: string): boolean
  /** The keyed hash under every key of the ring, for finding what an earlier key hashed. */
  macs(purpose: string, text: string): string[]
}

const FORMAT = 's1'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Keys are 32 bytes as 64 hexadecimal digits; at least one. */
export function createSealer(hexKeys: readonly string[], random: Random): Sealer {
  const ring = hexKeys.map((hex) => {
    const root = Buffer.from(hex, 'hex')
    if (root.length !== 32) throw new Error('a sealing key is 64 hexadecimal digits')
    return { id: createHash('sha256').update(root).digest('hex').slice(0, 8), root, subkeys: new Map<string, KeyObject>() }
  })
  const active = ring[0]
  if (!active) throw new Error('a sealer needs at least one key')

  // A KeyObject, made once: taking bytes for a key costs Node five times what the cipher costs.
  function subkey(key: (typeof ring)[number], purpose: string): KeyObject {
    let derived = key.subkeys.get(purpose)
    if (!derived) {
      derived = createSecretKey(Buffer.from(hkdfSync('sha256', key.root, '', `gatepost/${purpose}`, 32)))
      key.subkeys.set(purpose, derived)
    }
    return derived
  }
  const macUnder = (key: (typeof ring)[number], purpose: string, text: string) =>
    createHmac('sha256', subkey(key, `mac/${purpose}`)).update(text).digest('base64url')

  return {
    seal(purpose, plaintext, context = '') {
      return `${FORMAT}.${active.id}.${encrypt(subkey(active, purpose), plaintext, context, random).toString('base64url')}`
    },
    open(purpose, sealed, context = '') {
      const [format, keyId, body, ...rest] = sealed.split('.')
      const key = ring.find((one) => one.id === keyId)
      if (format !== FORMAT || !key || !body || rest.length > 0) return undefined
      return decrypt(subkey(key, purpose), body, context)
    },
    isStale: (sealed) => sealed.split('.')[1] !== active.id,
    mac: (purpose, text) => macUnder(active, purpose, text),
    macs: (purpose, text) => ring.map((key) => macUnder(key, purpose, text)),
    hasMac: (purpose, text, mac) => ring.some((key) => equalInConstantTime(macUnder(key, purpose, text), mac)),
  }
}

/** Seals under a key that only the holder of `secret` can derive; the stored text alone reveals nothing. */
export function sealUnderSecret(secret: string, purpose: string, plaintext: string, random: Random): string {
  return encrypt(keyFromSecret(secret, purpose), plaintext, purpose, random).toString('base64url')
}

export function openUnderSecret(secret: string, purpose: string, sealed: string): string | undefined {
  return decrypt(keyFromSecret(secret, purpose), sealed, purpose)
}

/** The secret has full entropy already, so one HMAC derives as well as HKDF's two and costs a fraction. */
function keyFromSecret(secret: string, purpose: string): KeyObject {
  const root = createSecretKey(secret, 'utf8')
  return createSecretKey(createHmac('sha256', root).update(`gatepost/under-secret/${purpose}`).digest())
}

function encrypt(key: KeyObject, plaintext: string, context: string, random: Random): Buffer {
  const iv = random.bytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  return Buffer.concat([iv, body, cipher.getAuthTag()])
}

function decrypt(key: KeyObject, encoded: string, context: string): string | undefined {
  const bytes = Buffer.from(encoded, 'base64url')
  // Base64url ignores stray characters; only the exact encoding is accepted, so a sealed text has one spelling.
  if (bytes.length < IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== encoded) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  try {
    const body = bytes.subarray(IV_BYTES, bytes.length - TAG_BYTES)
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
