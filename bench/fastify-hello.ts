/** The limit that HTTP rows are held against: Fastify, one route, nothing else. */
import { fastify } from 'fastify'

const server = fastify({ logger: false })
server.get('/hello', async () => ({ hello: 'world' }))
await server.listen({ host: '127.0.0.1', port: Number(process.argv[2]) })
process.on('disconnect', () => process.exit())
