import type { ZodOpenApiObject, ZodOpenApiOperationObject, ZodOpenApiPathItemObject } from 'zod-openapi'
import { createDocument } from 'zod-openapi'
import type { Route } from '../../server/src/endpoints/session-api/route.ts'
import { ROUTES } from '../../server/src/endpoints/session-api/routes/index.ts'
import { ErrorBody } from '../../server/src/endpoints/session-api/shapes.ts'
import { describeCookies } from './cookies.ts'
import { describeError, ERROR_RESPONSES, errorCodesOf, refsToErrors } from './error-responses.ts'
import { HEALTH_PATHS, JWKS_PATH } from './other-routes.ts'
import { RESOLVER_PATH } from './resolver-route.ts'

const SUCCESS_TEXT = { 200: 'Done.', 201: 'Made.', 202: 'Taken; a code is on its way, if the address is one that may have it.', 204: 'Done; no body.' }

const TAG_OF_SEGMENT: Readonly<Record<string, string>> = {
  csrf: 'sign-in',
  login: 'sign-in',
  'second-factor': 'sign-in',
  'passkey-prompt': 'sign-in',
  authentication_flows: 'authentication flows',
  sessions: 'sign-in',
  tokens: 'sign-in',
  signup: 'sign-up',
  anonymous: 'sign-up',
  'password-reset': 'recovery',
  challenges: 'recovery',
  user: 'account',
  capabilities: 'account',
  account: 'account',
  applications: 'account',
  'device-authorizations': 'account',
  reauthenticate: 're-authentication',
}

const TAGS = [
  { name: 'sign-in', description: 'Signing in and out, and renewing tokens.' },
  { name: 'sign-up', description: 'Making an account.' },
  { name: 'recovery', description: 'A new password by emailed code, and sending a code again.' },
  { name: 'authentication flows', description: 'The same flows for custom sign-in screens, a step at a time.' },
  { name: 'account', description: 'The signed-in person.' },
  { name: 're-authentication', description: 'Proving again who one is, before a sensitive change.' },
  { name: 'forward authentication', description: 'What a reverse proxy asks about every request to an application (docs/forward-authentication.md).' },
  { name: 'keys', description: 'Public keys for verifying tokens.' },
  { name: 'health', description: 'What load balancers ask; also answered at the root of the port.' },
]

const DESCRIPTION = [
  'Paths are relative to the base path (`BASE_PATH`, default `/auth`).',
  'A signed-in person is known by the access cookie or by `Authorization: Bearer`, which then counts alone.',
  'Where a CSRF token is asked for, send the value of the CSRF cookie as `X-CSRF-Token`; a request with a valid bearer token needs none.',
  'Unknown fields and parameters are refused. An address that exists answers other methods with 405 and `Allow`.',
  'Answers may gain fields; requests may not.',
].join(' ')

/** The OpenAPI 3.1 document of every JSON route, as plain data. */
export function describeApi(version: string) {
  const document: ZodOpenApiObject = {
    openapi: '3.1.1',
    info: { title: 'Gatepost', version, description: DESCRIPTION, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/auth', description: 'The base path on the origin of the application.' }],
    tags: TAGS,
    paths: { ...sessionApiPaths(), ...RESOLVER_PATH, ...JWKS_PATH, ...HEALTH_PATHS },
    components: {
      schemas: { Error: ErrorBody },
      responses: ERROR_RESPONSES,
      headers: {
        RetryAfter: { description: 'Whole seconds until another try makes sense.', required: true, schema: { type: 'integer', minimum: 1 } },
      },
      parameters: {
        CsrfToken: {
          name: 'X-CSRF-Token',
          in: 'header',
          required: false,
          description: 'The value of the CSRF cookie. Required unless the request carries a valid bearer token.',
          schema: { type: 'string' },
        },
      },
      securitySchemes: {
        accessCookie: { type: 'apiKey', in: 'cookie', name: 'gatepost_access', description: 'Prefix by `COOKIE_PREFIX`; `__Host-` before it over https.' },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: 'gatepost_refresh', description: 'Sent below the base path only; `__Secure-` before it over https.' },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token as a header (RFC 6750).' },
      },
    },
  }
  return createDocument(document, {
    override({ jsonSchema, io }) {
      // Clients must bear an answer that has gained a field.
      if (io === 'output') delete jsonSchema.additionalProperties
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
    },
  })
}

function sessionApiPaths(): Record<string, ZodOpenApiPathItemObject> {
  const paths: Record<string, ZodOpenApiPathItemObject> = {}
  for (const route of ROUTES) {
    const path = `/api/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeOperation(route) }
  }
  return paths
}

function describeOperation(route: Route): ZodOpenApiOperationObject {
  const { status, body, isEventStream } = route.success
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [tagOf(route)],
    security: securityOf(route),
    ...(route.needsCsrf ? { parameters: [{ $ref: '#/components/parameters/CsrfToken' }] } : {}),
    ...(route.query || route.params
      ? { requestParams: { ...(route.query ? { query: route.query as never } : {}), ...(route.params ? { path: route.params as never } : {}) } }
      : {}),
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } } : {}),
    ...(route.takesImage ? { requestBody: { required: true, content: { 'image/png': {}, 'image/jpeg': {}, 'image/webp': {} } } } : {}),
    responses: {
      [String(status)]: {
        ...describeSuccess(route, status, body),
        ...(isEventStream ? { content: { 'text/event-stream': { schema: { type: 'string' } } } } : {}),
      },
      ...(route.otherSuccess ? { [String(route.otherSuccess.status)]: describeSuccess(route, route.otherSuccess.status, route.otherSuccess.body) } : {}),
      ...refsToErrors(errorCodesOf(route)),
      // A refresh token that is refused is worth nothing: the browser forgets it.
      ...(route.readsRefreshCookie ? { '401': describeError(['unauthorized'], { 'Set-Cookie': describeCookies('cleared') }) } : {}),
    },
  }
}

function describeSuccess({ setsCookies }: Route, status: keyof typeof SUCCESS_TEXT, body: Route['body']) {
  return {
    description: SUCCESS_TEXT[status],
    ...(setsCookies ? { headers: { 'Set-Cookie': describeCookies(setsCookies) } } : {}),
    ...(body ? { content: { 'application/json': { schema: body } } } : {}),
  }
}

function tagOf(route: Route): string {
  const segment = route.path.split('/')[1] ?? ''
  const tag = TAG_OF_SEGMENT[segment]
  if (!tag) throw new Error(`no tag for ${route.path}: name one in scripts/contracts/openapi.ts`)
  return tag
}

function securityOf(route: Route): Record<string, string[]>[] {
  if (route.access === 'user') return [{ accessCookie: [] }, { bearer: [] }]
  return route.readsRefreshCookie ? [{ refreshCookie: [] }] : []
}
