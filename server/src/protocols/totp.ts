import { Secret, TOTP } from 'otpauth'

/** RFC 6238 with what every authenticator app understands: SHA-1, six digits, steps of 30 seconds. */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const
/** RFC 4226 section 4 R6 asks for 160 bits. */
export const TOTP_KEY_BYTES = 20
/** Clocks of telephones: one step before and one after the present one (RFC 6238 section 5.2). */
const DRIFT_STEPS = 1

/** The key as apps take it: base32 without padding (RFC 4648 section 6). */
export function totpKeyOf(bytes: Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32
}

/** The time step whose code this is, within the drift; null when it is none. `now` in milliseconds. */
export function totpStepOf(key: string, code: string, now: number): number | null {
  const delta = TOTP.validate({ ...PARAMETERS, secret: Secret.fromBase32(key), token: code, timestamp: now, window: DRIFT_STEPS })
  return delta === null ? null : Math.floor(now / 1_000 / PARAMETERS.period) + delta
}

/** What a QR code for authenticator apps holds: the `otpauth` URI that they share by convention. */
export function totpUri(key: string, names: { issuer: string; account: string }): string {
  return new TOTP({ ...PARAMETERS, secret: Secret.fromBase32(key), issuer: names.issuer, label: names.account }).toString()
}
