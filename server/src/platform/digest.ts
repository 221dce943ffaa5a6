import { hash, timingSafeEqual } from 'node:crypto'

/** SHA-256 as base64url, 43 characters. Of secrets, those of full entropy only; guessable ones need a keyed or slow hash. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'base64url')
}

/** Compares in time that does not depend on where the texts differ. */
export function equalInConstantTime(left: string, right: string): boolean {
  const a = hash('sha256', left, 'buffer')
  const b = hash('sha256', right, 'buffer')
  return timingSafeEqual(a, b)
}
