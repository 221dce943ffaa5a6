/** Owns: telling load balancers and operators the truth about this process. Does not own: what is checked (services). */
import type { FastifyInstance } from 'fastify'
import type { Health } from '../../services/health/index.ts'

const RETRY_AFTER_SECONDS = 5

/** At the root of the port and below the base path: `/health/live` (the process), `/health` and `/health/ready` (everything). */
export function mountHealth(listener: FastifyInstance, deps: { basePath: string; health: Health }): void {
  const prefixes = [...new Set(['', deps.basePath])]
  const urls = prefixes.flatMap((prefix) => [`${prefix}/health`, `${prefix}/health/ready`, `${prefix}/health/live`])
  for (const url of urls) {
    listener.get(url, async (_request, reply) => {
      if (url.endsWith('/live')) return reply.send({ status: 'ok' })
      const report = await deps.health.check()
      if (!report.isReady) reply.code(503).header('retry-after', String(RETRY_AFTER_SECONDS))
      return reply.send({ status: report.isReady ? 'ok' : 'unavailable', checks: report.checks })
    })
  }
}
