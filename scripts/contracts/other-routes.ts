import type { ZodOpenApiOperationObject, ZodOpenApiPathItemObject, ZodOpenApiSchemaObject } from 'zod-openapi'
import { JWKS_MAX_AGE_SECONDS } from '../../server/src/services/keys/index.ts'
import { refsToErrors } from './error-responses.ts'

const CHECK: ZodOpenApiSchemaObject = { type: 'string', enum: ['ok', 'failing'] }

const REPORT: ZodOpenApiSchemaObject = {
  type: 'object',
  required: ['status', 'checks'],
  properties: {
    status: { type: 'string', enum: ['ok', 'unavailable'] },
    checks: {
      type: 'object',
      required: ['database', 'schema', 'keys', 'draining'],
      properties: { database: CHECK, schema: CHECK, keys: CHECK, draining: { type: 'boolean' } },
    },
  },
}

function readiness(operationId: string): ZodOpenApiOperationObject {
  const content = { 'application/json': { schema: REPORT } }
  return {
    operationId,
    summary: 'Whether this instance can do its work: database, schema, keys, and not on its way out.',
    tags: ['health'],
    security: [],
    responses: {
      '200': { description: 'Ready.', content },
      ...refsToErrors(['method_not_allowed', 'internal_error']),
      '503': { description: 'Not ready; `checks` says why.', headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }, content },
    },
  }
}

/** Routes beside the session API: they take no input, so their descriptions stand here. */
export const HEALTH_PATHS: Record<string, ZodOpenApiPathItemObject> = {
  '/health': { get: readiness('getHealth') },
  '/health/ready': { get: readiness('getReadiness') },
  '/health/live': {
    get: {
      operationId: 'getLiveness',
      summary: 'Whether the process answers at all.',
      tags: ['health'],
      security: [],
      responses: {
        '200': {
          description: 'Alive.',
          content: { 'application/json': { schema: { type: 'object', required: ['status'], properties: { status: { type: 'string', const: 'ok' } } } } },
        },
        ...refsToErrors(['method_not_allowed', 'internal_error']),
      },
    },
  },
}

const OF_ANY_KEY = { kid: { type: 'string' }, use: { type: 'string', const: 'sig' } } as const

const EC_KEY: ZodOpenApiSchemaObject = {
  type: 'object',
  required: ['kty', 'crv', 'x', 'y', 'kid', 'alg', 'use'],
  properties: { kty: { type: 'string', const: 'EC' }, crv: { type: 'string', const: 'P-256' }, x: { type: 'string' }, y: { type: 'string' }, alg: { type: 'string', const: 'ES256' }, ...OF_ANY_KEY },
}

/** Made once a client registers it for its ID tokens. */
const RSA_KEY: ZodOpenApiSchemaObject = {
  type: 'object',
  required: ['kty', 'n', 'e', 'kid', 'alg', 'use'],
  properties: { kty: { type: 'string', const: 'RSA' }, n: { type: 'string' }, e: { type: 'string' }, alg: { type: 'string', const: 'RS256' }, ...OF_ANY_KEY },
}

export const JWKS_PATH: Record<string, ZodOpenApiPathItemObject> = {
  '/.well-known/jwks.json': {
    get: {
      operationId: 'getJwks',
      summary: 'The public keys that verify access tokens (RFC 7517).',
      tags: ['keys'],
      security: [],
      responses: {
        '200': {
          description: 'Every key that signs, will sign, or signed what may still be presented.',
          headers: { 'Cache-Control': { description: `public, max-age=${JWKS_MAX_AGE_SECONDS}`, schema: { type: 'string' } } },
          content: {
            'application/jwk-set+json': {
              schema: {
                type: 'object',
                required: ['keys'],
                properties: {
                  keys: {
                    type: 'array',
                    minItems: 1,
                    items: { anyOf: [EC_KEY, RSA_KEY] },
                  },
                },
              },
            },
          },
        },
        ...refsToErrors(['method_not_allowed', 'internal_error', 'service_unavailable']),
      },
    },
  },
}
