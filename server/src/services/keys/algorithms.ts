import type { GenerateKeyPairResult } from 'jose'
import { generateKeyPair } from 'jose/key/generate/keypair'
import type { ACCESS_TOKEN_ALGORITHM } from '../../protocols/access-token.ts'

/** What every provider has to be able to sign ID tokens with (OpenID Connect Core 1.0 section 15.1); ours are otherwise signed as access tokens are. */
export const RSA_ALGORITHM = 'RS256'
export type SigningAlgorithm = typeof ACCESS_TOKEN_ALGORITHM | typeof RSA_ALGORITHM

/** The strength of 128 bits (NIST SP 800-57 part 1, table 2), as P-256 has it. */
const RSA_BITS = 3_072

/** Takes an RSA key some tenths of a second, beside the event loop. */
export function generateSigningKey(algorithm: SigningAlgorithm): Promise<GenerateKeyPairResult> {
  return generateKeyPair(algorithm, { extractable: true, ...(algorithm === RSA_ALGORITHM ? { modulusLength: RSA_BITS } : {}) })
}
