import type { FastifyRequest } from 'fastify'
import type { Client } from '../domain/client.ts'
import { USER_AGENT_MAX_LENGTH } from '../domain/client.ts'

/** Who calls: the address after trusted proxies, and the browser's name cut to what is kept. */
export function clientOf(request: FastifyRequest): Client {
  const userAgent = (request.headers['user-agent'] ?? '').replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
  return { ip: request.ip, userAgent: userAgent.slice(0, USER_AGENT_MAX_LENGTH) }
}
