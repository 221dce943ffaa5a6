import type { IncomingHttpHeaders } from 'node:http'
import { createVerifier, decideAccess, type Identity } from '@gatepost/node'
import type { GatewayAnswer } from './gateway-answer.ts'

export type EdgeAuthOptions =
  | { readonly mode: 'off' }
  | {
      /** `optional`: everybody passes, and the application hears who it is. `required`: only people who are signed in pass. */
      readonly mode: 'optional' | 'required'
      /** `PUBLIC_URL` + base path. Default: made from `publicUrl` and `basePath`. */
      readonly issuer?: string
      readonly audience?: string
      readonly cookiePrefix?: string
      /** Default: the key set of the Gatepost upstream, asked directly. */
      readonly jwksUrl?: string
    }

export type EdgeDecision =
  | { readonly isAdmitted: true; readonly headers: IncomingHttpHeaders }
  | { readonly isAdmitted: false; readonly answer: GatewayAnswer }

export interface EdgeAuth {
  /** Decides on a request for the application; `headers` are those that would be forwarded. */
  admit(request: { method: string; target: string; headers: IncomingHttpHeaders }): Promise<EdgeDecision>
}

export function createEdgeAuth(options: EdgeAuthOptions, defaults: { issuer: string | undefined; jwksUrl: string }): EdgeAuth {
  if (options.mode === 'off') return { admit: async () => ({ isAdmitted: true, headers: {} }) }
  const issuer = options.issuer ?? defaults.issuer
  if (issuer === undefined) throw new TypeError('edge authentication needs publicUrl or edgeAuth.issuer')
  const verifier = createVerifier({
    issuer,
    jwksUrl: options.jwksUrl ?? defaults.jwksUrl,
    ...(options.audience !== undefined && { audience: options.audience }),
    ...(options.cookiePrefix !== undefined && { cookiePrefix: options.cookiePrefix }),
  })
  return {
    async admit(request) {
      if (options.mode === 'optional') {
        const identity = await verifier.authenticate(request)
        return { isAdmitted: true, headers: identity === undefined ? {} : identityHeaders(identity) }
      }
      const access = await decideAccess(verifier, request)
      if (access.isAllowed) return { isAdmitted: true, headers: identityHeaders(access.identity) }
      return { isAdmitted: false, answer: access.refusal }
    },
  }
}

/** A role whose name holds a comma would read as two, so it is left out rather than grant what nobody granted. */
const LISTABLE_ROLE = /^[\x21-\x2b\x2d-\x7e]+$/

function identityHeaders(identity: Identity): IncomingHttpHeaders {
  return {
    'x-gatepost-user-id': identity.userId,
    'x-gatepost-session-id': identity.sessionId,
    'x-gatepost-roles': identity.roles.filter((role) => LISTABLE_ROLE.test(role)).join(','),
  }
}
