import type { JsonWebKey, KeyObject } from 'node:crypto'
import { createPrivateKey } from 'node:crypto'
import type { CryptoKey, JWK } from 'jose'
import { exportJWK } from 'jose/key/export'
import { importJWK } from 'jose/key/import'
import type { SigningKeyId, TenantId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import {
  insertSigningKey,
  listSigningKeys,
  replaceSealedSigningKey,
  retireOtherSigningKeys,
} from '../../persistence/queries/signing-key.ts'
import { insertSpent } from '../../persistence/queries/spent-once.ts'
import type { SigningKeyTable } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { OperatorError } from '../../platform/operator-error.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import { ACCESS_TOKEN_ALGORITHM } from '../../protocols/access-token.ts'
import type { Events } from '../events/index.ts'
import type { SigningAlgorithm } from './algorithms.ts'
import { generateSigningKey, RSA_ALGORITHM } from './algorithms.ts'
import type { FixedKey } from './import-key.ts'
import { publishable } from './import-key.ts'
import { KEY_CACHE_MS, KEY_OVERLAP_MS, KEY_PUBLISHED_BEFORE_USE_MS, RELOAD_COOL_DOWN_MS } from './lifetimes.ts'

export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
}

export interface Keys {
  /** Makes the first key when there is none; of any number of instances one does. */
  ensureFirstKey(): Promise<void>
  /** The same of the RSA key, for clients whose ID tokens are signed with RS256: made when OpenID Connect is first used. */
  ensureRsaKey(): Promise<void>
  /** The key that signs now. */
  signer(): Promise<SigningKey>
  /** The same for one of the algorithms that ID tokens may have; undefined before its first key is made. */
  signerFor(algorithm: string): Promise<SigningKey | undefined>
  /** The public key of that name while it verifies access tokens; an unknown name is looked up in the database, seldom. */
  findVerificationKey(kid: string): Promise<CryptoKey | undefined>
  /** JWK Set (RFC 7517 section 5) with every key that signs, will sign, or signed what may still be presented. */
  jwks(): Promise<{ keys: JWK[] }>
  /** The same with their private parts, of each algorithm the one that signs now first: for the provider, which signs by itself. */
  privateJwks(): Promise<JWK[]>
  /** A new key, published now, signing after the caches that hold the old set are over. */
  rotate(): Promise<Result<{ kid: string; signsFrom: number }, 'own_key_signs'>>
  /** Seals every private key under the first key of the ring again; how many were. */
  rewrap(): Promise<number>
}

interface LoadedKey {
  readonly row: SigningKeyTable
  readonly publicJwk: JWK
  readonly publicKey: CryptoKey
  readonly privateKey: KeyObject
}

const SEALING_PURPOSE = 'signing-key'

export function createKeys(deps: {
  database: Database
  clock: Clock
  random: Random
  sealer: Sealer
  events: Events
  tenantId: TenantId
  fixedKey?: FixedKey | undefined
}): Keys {
  const { database, clock, random, sealer, events, tenantId, fixedKey } = deps
  const imported = new Map<string, LoadedKey>()
  const exported = new WeakMap<KeyObject, JWK>()
  let cache: { keys: LoadedKey[]; loadedAt: number } | undefined
  let loading: Promise<LoadedKey[]> | undefined
  let fixedPublicKey: Promise<CryptoKey> | undefined

  async function importRow(row: SigningKeyTable): Promise<LoadedKey> {
    const known = imported.get(row.id)
    if (known) return { ...known, row }
    const privateJwk = sealer.open(SEALING_PURPOSE, row.private_jwk_sealed, row.id)
    if (privateJwk === undefined) {
      throw new OperatorError(`signing key ${row.id} cannot be unsealed: ENCRYPTION_KEY does not hold the key it was sealed with`)
    }
    const publicJwk = publishable(JSON.parse(row.public_jwk) as JWK, row.id, row.algorithm)
    const loaded = {
      row,
      publicJwk,
      publicKey: (await importJWK(publicJwk, row.algorithm)) as CryptoKey,
      privateKey: createPrivateKey({ key: JSON.parse(privateJwk) as JsonWebKey, format: 'jwk' }),
    }
    imported.set(row.id, loaded)
    return loaded
  }

  async function load(): Promise<LoadedKey[]> {
    loading ??= (async () => {
      const rows = await listSigningKeys(database.read, tenantId, clock.now())
      const keys = await Promise.all(rows.map(importRow))
      cache = { keys, loadedAt: clock.now() }
      return keys
    })().finally(() => {
      loading = undefined
    })
    return loading
  }

  async function current(maxAgeMs: number): Promise<LoadedKey[]> {
    const age = cache ? clock.now() - cache.loadedAt : Infinity
    return cache && age >= 0 && age <= maxAgeMs ? cache.keys : load()
  }

  async function makeKey(algorithm: SigningAlgorithm, activatesAt: number): Promise<SigningKeyTable> {
    const pair = await generateSigningKey(algorithm)
    const id = newId<SigningKeyId>(clock, random)
    return {
      id,
      tenant_id: tenantId,
      algorithm,
      public_jwk: JSON.stringify(await exportJWK(pair.publicKey)),
      private_jwk_sealed: sealer.seal(SEALING_PURPOSE, JSON.stringify(await exportJWK(pair.privateKey)), id),
      created_at: clock.now(),
      activates_at: activatesAt,
      retired_at: null,
      expires_at: null,
    }
  }

  const isPresentable = (key: LoadedKey) => key.row.expires_at === null || key.row.expires_at > clock.now()

  async function newest(algorithm: string): Promise<SigningKey | undefined> {
    const now = clock.now()
    const presentable = (await current(KEY_CACHE_MS)).filter((key) => key.row.algorithm === algorithm && isPresentable(key))
    // A clock behind that of the instance which made the first key signs with it all the same: it is published.
    const found = presentable.findLast((key) => key.row.activates_at <= now) ?? presentable[0]
    return found && { kid: found.row.id, privateKey: found.privateKey }
  }

  async function signer(): Promise<SigningKey> {
    const key = fixedKey ?? (await newest(ACCESS_TOKEN_ALGORITHM))
    if (!key) throw new Error('there is no signing key: run `gatepost keys rotate`')
    return key
  }

  const has = (keys: readonly LoadedKey[], algorithm: SigningAlgorithm) => keys.some((key) => key.row.algorithm === algorithm)

  /** `name`: what all instances know this first key by. */
  async function ensureKey(algorithm: SigningAlgorithm, name: string): Promise<void> {
    if (has(await load(), algorithm)) return
    const key = await makeKey(algorithm, clock.now())
    try {
      await database.transaction(async (tx) => {
        await insertSpent(tx, { tenantId, purpose: 'first_signing_key', key: name, at: clock.now(), expiresAt: Number.MAX_SAFE_INTEGER })
        await insertSigningKey(tx, key)
        await events.record(tx, { type: 'signing_key.created', tenantId, data: { kid: key.id } })
      })
    } catch (error) {
      // Another instance was first; its key is committed and is ours too.
      if (!isUniqueViolation(error)) throw error
    }
    await load()
  }

  /** Asked for with every request to the provider. */
  function exportOnce({ kid, privateKey }: SigningKey): JWK {
    const known = exported.get(privateKey)
    if (known) return known
    const alg = privateKey.asymmetricKeyType === 'rsa' ? RSA_ALGORITHM : ACCESS_TOKEN_ALGORITHM
    const jwk = { ...(privateKey.export({ format: 'jwk' }) as JWK), kid, use: 'sig', alg }
    exported.set(privateKey, jwk)
    return jwk
  }

  return {
    ensureFirstKey: () => ensureKey(ACCESS_TOKEN_ALGORITHM, tenantId),
    ensureRsaKey: () => ensureKey(RSA_ALGORITHM, `${tenantId}:${RSA_ALGORITHM}`),

    signer,
    signerFor: (algorithm) => (algorithm === ACCESS_TOKEN_ALGORITHM ? signer() : newest(algorithm)),

    async findVerificationKey(kid) {
      if (fixedKey && kid === fixedKey.kid) {
        fixedPublicKey ??= importJWK(fixedKey.publicJwk, ACCESS_TOKEN_ALGORITHM) as Promise<CryptoKey>
        return fixedPublicKey
      }
      const find = (keys: LoadedKey[]) => keys.find((key) => key.row.id === kid && key.row.algorithm === ACCESS_TOKEN_ALGORITHM && isPresentable(key))?.publicKey
      return find(await current(KEY_CACHE_MS)) ?? find(await current(RELOAD_COOL_DOWN_MS))
    },

    async jwks() {
      const keys = (await current(KEY_CACHE_MS)).filter(isPresentable).map((key) => key.publicJwk)
      return { keys: fixedKey ? [fixedKey.publicJwk, ...keys] : keys }
    },

    async privateJwks() {
      const signing = [await signer(), await newest(RSA_ALGORITHM)].filter((key) => key !== undefined)
      const loaded = (await current(KEY_CACHE_MS)).filter(isPresentable)
      const others = loaded.filter(({ row }) => !signing.some(({ kid }) => kid === row.id)).map(({ row, privateKey }) => ({ kid: row.id, privateKey }))
      return [...signing, ...others].map(exportOnce)
    },

    async rotate() {
      if (fixedKey) return fail('own_key_signs')
      const signsFrom = clock.now() + KEY_PUBLISHED_BEFORE_USE_MS
      const key = await makeKey(ACCESS_TOKEN_ALGORITHM, signsFrom)
      const made = has(await load(), RSA_ALGORITHM) ? [key, await makeKey(RSA_ALGORITHM, signsFrom)] : [key]
      await database.transaction(async (tx) => {
        for (const one of made) {
          await insertSigningKey(tx, one)
          await retireOtherSigningKeys(tx, { tenantId, algorithm: one.algorithm, keep: one.id, retiredAt: signsFrom, expiresAt: signsFrom + KEY_OVERLAP_MS })
          await events.record(tx, { type: 'signing_key.rotated', tenantId, data: { kid: one.id, signs_from: signsFrom } })
        }
      })
      await load()
      return succeed({ kid: key.id, signsFrom })
    },

    async rewrap() {
      const stale = (await load()).filter((key) => sealer.isStale(key.row.private_jwk_sealed))
      let rewrapped = 0
      for (const { row } of stale) {
        const plain = sealer.open(SEALING_PURPOSE, row.private_jwk_sealed, row.id)!
        const sealed = sealer.seal(SEALING_PURPOSE, plain, row.id)
        const done = await database.transaction((tx) => replaceSealedSigningKey(tx, row.id, row.private_jwk_sealed, sealed))
        if (done) rewrapped += 1
      }
      return rewrapped
    },
  }
}

