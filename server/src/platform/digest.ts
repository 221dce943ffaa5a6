import { createHash, timingSafeEqual } from 'node:crypto'

/** SHA-256 as base64url, 43 characters. Of secrets, those of full entropy only; guessable ones need a keyed or slow hash. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url')
}

/** Compares in time that does not depend on where the texts differ. */
export function equalInConstantTime(left: string, right: string): boolean {
  const a = createHash('sha256').update(left).digest()
  const b = createHash('sha256').update(right).digest()
  return timingSafeEqual(a, b)
}
