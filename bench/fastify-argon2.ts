/** What a sign-in costs at the very least: Fastify, one route that verifies a password with Argon2id, nothing else. */
import { hash, verify } from '@node-rs/argon2'
import { fastify } from 'fastify'
import { ARGON2_COST } from './subjects/argon2-cost.ts'
import { BENCH_PASSWORD } from './subjects/bench-users.ts'

const phc = await hash(BENCH_PASSWORD, ARGON2_COST)
const server = fastify({ logger: false })
server.get('/ready', async () => ({ ready: true }))
server.post<{ Body: { password: string } }>('/verify', async (request, reply) => {
  if (!(await verify(phc, request.body.password))) return reply.code(401).send()
  return { matches: true }
})
await server.listen({ host: '127.0.0.1', port: Number(process.argv[2]) })
process.on('disconnect', () => process.exit())
