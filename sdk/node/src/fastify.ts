import type { Verifier } from './create-verifier.ts'
import { decideAccess, type GuardOptions } from './decide-access.ts'
import { mergeVary } from './merge-vary.ts'
import type { RequestHeaders } from './read-header.ts'
import { attachIdentity } from './request-identity.ts'

export { findIdentity, getIdentity } from './request-identity.ts'

interface RequestShape {
  readonly method: string
  readonly url: string
  readonly originalUrl?: string
  readonly headers: RequestHeaders
}

interface ReplyShape {
  code(status: number): unknown
  header(name: string, value: string): unknown
  getHeader(name: string): number | string | string[] | undefined
  send(body: string): unknown
}

/** A hook for `onRequest` or `preHandler`: a request passes only with a valid access token and every role asked for. */
export function requireAuth(verifier: Verifier, options: GuardOptions = {}) {
  return async (request: RequestShape, reply: ReplyShape): Promise<unknown> => {
    const target = request.originalUrl ?? request.url
    const access = await decideAccess(verifier, { method: request.method, target, headers: request.headers }, options)
    if (access.isAllowed) {
      attachIdentity(request, access.identity)
      return undefined
    }
    const { status, headers, body } = access.refusal
    for (const [name, value] of Object.entries(headers)) {
      reply.header(name, name === 'vary' ? mergeVary(reply.getHeader('vary'), value) : value)
    }
    reply.code(status)
    reply.send(body)
    return reply
  }
}

/** A hook that looks who sends a request and lets every request pass. */
export function optionalAuth(verifier: Verifier) {
  return async (request: RequestShape): Promise<void> => {
    const identity = await verifier.authenticate(request)
    if (identity !== undefined) attachIdentity(request, identity)
  }
}
