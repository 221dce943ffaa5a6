import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import * as forExpress from '../src/express.ts'
import * as forFastify from '../src/fastify.ts'
import * as forHono from '../src/hono.ts'
import type { Verifier } from '../src/index.ts'
import * as forNodeHttp from '../src/node-http.ts'

export interface Application {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/** The same application four times: `/private*` needs a person, `/staff` the role `staff`, `/open` greets whoever comes. */
export const APPLICATIONS: Record<string, (verifier: Verifier) => Promise<Application>> = {
  'node:http': (verifier) => {
    const guards = { private: forNodeHttp.requireAuth(verifier), staff: forNodeHttp.requireAuth(verifier, { roles: ['staff'] }) }
    const look = forNodeHttp.optionalAuth(verifier)
    return listen(async (request, response) => {
      response.setHeader('vary', 'Origin')
      if (request.url?.startsWith('/open')) return response.end((await look(request))?.userId ?? 'nobody')
      const identity = await (request.url?.startsWith('/staff') ? guards.staff : guards.private)(request, response)
      return identity === undefined ? undefined : response.end(identity.userId)
    })
  },

  express: (verifier) => {
    const application = express()
    application.use((_request, response, next) => {
      response.vary('Origin')
      next()
    })
    application.get('/open', forExpress.optionalAuth(verifier), (request, response) => {
      response.send(forExpress.findIdentity(request)?.userId ?? 'nobody')
    })
    application.get('/staff', forExpress.requireAuth(verifier, { roles: ['staff'] }), (request, response) => {
      response.send(forExpress.getIdentity(request).userId)
    })
    application.use(forExpress.requireAuth(verifier), (_request, response) => {
      response.send((response.locals['identity'] as { userId: string }).userId)
    })
    return listen(application)
  },

  fastify: async (verifier) => {
    const application = fastify()
    application.addHook('onRequest', async (_request, reply) => {
      reply.header('vary', 'Origin')
    })
    application.get('/open', { onRequest: forFastify.optionalAuth(verifier) }, async (request) => {
      return forFastify.findIdentity(request)?.userId ?? 'nobody'
    })
    application.get('/staff', { preHandler: forFastify.requireAuth(verifier, { roles: ['staff'] }) }, async (request) => {
      return forFastify.getIdentity(request).userId
    })
    application.all('/*', { onRequest: forFastify.requireAuth(verifier) }, async (request) => forFastify.getIdentity(request).userId)
    const url = await application.listen({ port: 0, host: '127.0.0.1' })
    return { url, port: Number(new URL(url).port), close: () => application.close() }
  },

  hono: (verifier) => {
    const application = new Hono()
    application.use(async (context, next) => {
      await next()
      context.header('vary', 'Origin', { append: true })
    })
    application.get('/open', forHono.optionalAuth(verifier), (context) => context.text(forHono.findIdentity(context)?.userId ?? 'nobody'))
    application.get('/staff', forHono.requireAuth(verifier, { roles: ['staff'] }), (context) => {
      return context.text(forHono.getIdentity(context).userId)
    })
    application.all('*', forHono.requireAuth(verifier), (context) => context.text(forHono.getIdentity(context).userId))
    return listen(getRequestListener(application.fetch))
  },
}

/** Frameworks hand over listeners that return a promise; what it resolves to is nobody's business here. */
export async function listen(listener: (...args: Parameters<RequestListener>) => unknown): Promise<Application> {
  const server: Server = createServer((request, response) => void listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
