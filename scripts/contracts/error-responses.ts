import type { ZodOpenApiResponseObject } from 'zod-openapi'
import type { Route } from '../../server/src/endpoints/session-api/route.ts'
import type { ErrorCode } from '../../server/src/http/error-codes.ts'
import { ERROR_CODES } from '../../server/src/http/error-codes.ts'

type Header = { description: string; schema: { type: 'string' } }

const ALL_CODES = Object.keys(ERROR_CODES) as ErrorCode[]
const EVERYWHERE: readonly ErrorCode[] = ['invalid_request', 'method_not_allowed', 'internal_error', 'service_unavailable']
const WITH_RETRY_AFTER: readonly ErrorCode[] = ['rate_limited', 'service_unavailable']

/** What a route declares and what its checks add, in the order of the closed list. */
export function errorCodesOf(route: Pick<Route, 'access' | 'takesAnonymous' | 'needsCsrf' | 'method' | 'errors'>): ErrorCode[] {
  const codes = new Set<ErrorCode>([...EVERYWHERE, ...route.errors])
  if (route.access === 'user') codes.add('unauthorized')
  if (route.access === 'user' && !route.takesAnonymous) codes.add('promotion_required')
  if (route.needsCsrf) codes.add('forbidden')
  // A body is read, and measured, wherever a method may carry one.
  if (route.method !== 'GET') codes.add('payload_too_large')
  return ALL_CODES.filter((code) => codes.has(code))
}

/** One component a code: an operation refers to it, and so says which codes stand behind each of its statuses. */
export const ERROR_RESPONSES: Record<string, ZodOpenApiResponseObject> = Object.fromEntries(
  ALL_CODES.map((code) => [componentName([code]), describeError([code])]),
)

/** Responses by status; a status that several codes share lists them all. */
export function refsToErrors(codes: readonly ErrorCode[]): Record<string, ZodOpenApiResponseObject | { $ref: string }> {
  const byStatus = Map.groupBy(codes, (code) => ERROR_CODES[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, shared]) => [
      String(status),
      shared.length === 1 ? { $ref: `#/components/responses/${componentName(shared)}` } : describeError(shared),
    ]),
  )
}

/** A refusal by any of the codes, with the headers they always carry. */
export function describeError(codes: readonly ErrorCode[], more: Readonly<Record<string, Header>> = {}): ZodOpenApiResponseObject {
  const headers = {
    ...more,
    ...(codes.some((code) => WITH_RETRY_AFTER.includes(code)) ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } : {}),
    ...(codes.includes('unauthorized') ? { 'WWW-Authenticate': { description: 'RFC 9110 section 11.6.1.', required: true, schema: { type: 'string', const: 'Bearer' } as const } } : {}),
    ...(codes.includes('method_not_allowed') ? { Allow: { description: 'The methods of this address.', required: true, schema: { type: 'string' } as const } } : {}),
  }
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_CODES[code].when}`).join(' '),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    content: {
      'application/json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Error' },
            { type: 'object', properties: { error: { type: 'object', properties: { code: { type: 'string', enum: [...codes] } } } } },
          ],
        },
      },
    },
  }
}

function componentName(codes: readonly ErrorCode[]): string {
  return codes.map((code) => code.replaceAll(/(^|_)(\w)/g, (_all, _line, letter: string) => letter.toUpperCase())).join('Or')
}
