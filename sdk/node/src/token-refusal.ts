import type { Refusal } from './decide-access.ts'
import { DPOP_ALGORITHMS } from './dpop-proof.ts'

export type TokenRefusalReason =
  | { readonly code: 'no_credentials' | 'invalid_request' | 'invalid_token' | 'invalid_dpop_proof' | 'temporarily_unavailable' }
  | { readonly code: 'insufficient_scope'; readonly scopes: readonly string[] }
  | { readonly code: 'insufficient_user_authentication'; readonly acrValues: readonly string[] | undefined; readonly maxAgeSeconds: number | undefined }

const RETRY_AFTER_SECONDS = 5
const STATUS = {
  no_credentials: 401,
  invalid_request: 400,
  invalid_token: 401,
  invalid_dpop_proof: 401,
  insufficient_user_authentication: 401,
  insufficient_scope: 403,
  temporarily_unavailable: 503,
} satisfies Record<TokenRefusalReason['code'], Refusal['status']>
const MESSAGES = {
  no_credentials: 'An access token is needed.',
  invalid_request: 'The request carries more than one access token, or none that can be read.',
  invalid_token: 'The access token is not valid here.',
  invalid_dpop_proof: 'The DPoP proof does not fit the request.',
  insufficient_user_authentication: 'The person has to prove again who they are.',
  insufficient_scope: 'The access token lacks a scope.',
  temporarily_unavailable: 'Access tokens cannot be checked at the moment. Try again shortly.',
} satisfies Record<TokenRefusalReason['code'], string>

/** The answer to a request that does not pass, with the challenge of RFC 6750, 9449, 9470 and 9728. */
export function refuseToken(reason: TokenRefusalReason, { scheme, resourceMetadataUrl }: { scheme: 'Bearer' | 'DPoP'; resourceMetadataUrl: string | undefined }): Refusal {
  const { code } = reason
  const status = STATUS[code]
  const headers = { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' }
  const body = JSON.stringify({ error: { code: code === 'no_credentials' ? 'unauthorized' : code, message: MESSAGES[code] } })
  if (code === 'temporarily_unavailable') return { status, headers: { ...headers, 'retry-after': String(RETRY_AFTER_SECONDS) }, body }
  const challenge = { ...parametersOf(reason), ...(scheme === 'DPoP' && { algs: DPOP_ALGORITHMS.join(' ') }), ...(resourceMetadataUrl && { resource_metadata: resourceMetadataUrl }) }
  const written = Object.entries(challenge).map(([name, value]) => `${name}="${value}"`)
  return { status, headers: { ...headers, 'www-authenticate': written.length === 0 ? scheme : `${scheme} ${written.join(', ')}` }, body }
}

/** RFC 6750, section 3.1: nothing is said of an error to who came without a token. */
function parametersOf(reason: TokenRefusalReason): Record<string, string> {
  switch (reason.code) {
    case 'no_credentials':
      return {}
    case 'insufficient_scope':
      return { error: reason.code, scope: reason.scopes.join(' ') }
    case 'insufficient_user_authentication': {
      const { acrValues, maxAgeSeconds } = reason
      return { error: reason.code, ...(acrValues && { acr_values: acrValues.join(' ') }), ...(maxAgeSeconds !== undefined && { max_age: String(maxAgeSeconds) }) }
    }
    case 'invalid_request':
    case 'invalid_token':
    case 'invalid_dpop_proof':
    case 'temporarily_unavailable':
      return { error: reason.code }
  }
}
