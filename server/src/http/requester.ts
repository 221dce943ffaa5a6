import type { FastifyRequest } from 'fastify'
import type { Requester } from '../domain/requester.ts'
import { USER_AGENT_MAX_LENGTH } from '../domain/requester.ts'
import { languageOf } from './language.ts'

/** Who calls: the address after trusted proxies, the browser's name cut to what is kept, and the language it asks for. */
export function requesterOf(request: FastifyRequest, remembered?: string): Requester {
  const userAgent = (request.headers['user-agent'] ?? '').replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
  return { ip: request.ip, userAgent: userAgent.slice(0, USER_AGENT_MAX_LENGTH), language: languageOf(request, remembered) }
}
