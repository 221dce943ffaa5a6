import type { ZodOpenApiHeadersObject, ZodOpenApiPathItemObject } from 'zod-openapi'
import { describeError, refsToErrors } from './error-responses.ts'

const HEADERS: Readonly<Record<string, string>> = {
  'Session-Valid': '`true`, or `false` for a session that is over; absent where nobody showed anything.',
  'User-Id': 'Id of the account.',
  'User-Verified': '`true` when an address or a number of theirs is proven.',
  'User-Anonymous': '`true` for an account without any identity.',
  'User-Roles': 'With commas between; absent where there are none.',
  'Session-Id': 'Id of the session.',
  'Session-Amr': 'How they proved who they are (RFC 8176), with blanks between; absent where the session is anonymous.',
  'Session-Authenticated-At': 'When, in seconds since 1970.',
  'Organization-Id': 'Where known.',
  'Client-Id': 'Where known.',
  Scope: 'Where known.',
}

const text = (description: string) => ({ description, schema: { type: 'string' } as const })
const headers: ZodOpenApiHeadersObject = {
  ...Object.fromEntries(Object.entries(HEADERS).map(([name, description]) => [`X-Gatepost-${name}`, text(description)])),
  'Set-Cookie': text('The cookies of a session that was renewed, for a proxy that says `cookies=passed`.'),
}

const parameter = (name: string, description: string, schema: object) => ({ name, in: 'query' as const, required: false, description, schema: { type: 'string' as const, ...schema } })

/** What reverse proxies ask; docs/forward-authentication.md is its manual. */
export const RESOLVER_PATH: Record<string, ZodOpenApiPathItemObject> = {
  '/_resolver/resolve': {
    get: {
      operationId: 'resolveCaller',
      summary: 'Tells a reverse proxy who is calling, in headers alone, and whether to let them pass.',
      tags: ['forward authentication'],
      security: [{ accessCookie: [] }, { bearer: [] }, {}],
      parameters: [
        parameter('mode', '`inform`: 200 for everybody; `enforce`: strangers are refused.', { enum: ['inform', 'enforce'], default: 'inform' }),
        parameter('sign_in', 'With `enforce`: pages are sent to sign in.', { enum: ['redirect'] }),
        parameter('role', 'With `enforce`: the roles that are asked for, all of them, with commas between.', {}),
        parameter('scope', 'With `enforce`: the scopes that are asked for, all of them, with commas between.', {}),
        parameter('acr', 'With `enforce`: the level of authentication that is asked for.', { enum: ['aal1', 'aal2'] }),
        parameter('cookies', 'The proxy hands every `Set-Cookie` of the answer to the browser.', { enum: ['passed'] }),
      ],
      responses: {
        '200': { description: 'They may pass; the headers begin with `RESOLVER_HEADER_PREFIX`.', headers },
        '302': { description: 'Somebody who is not signed in wanted a page.', headers: { Location: text('The page to sign in on.') } },
        ...refsToErrors(['invalid_request', 'method_not_allowed', 'internal_error', 'service_unavailable']),
        '401': {
          ...describeError(['unauthorized']),
          headers: {
            'WWW-Authenticate': { ...text('`Bearer`, with `error="invalid_token"` where a token was sent (RFC 6750 section 3).'), required: true },
            Location: text('The page to sign in on, where a page was asked for.'),
          },
        },
        '403': describeError(['forbidden'], { 'WWW-Authenticate': text('What is missing (RFC 6750 section 3.1, RFC 9470 section 3).') }),
      },
    },
  },
}
