import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import * as forExpress from '../src/express.ts'
import * as forFastify from '../src/fastify.ts'
import * as forHono from '../src/hono.ts'
import type { ResourceMetadata, ResourceServer } from '../src/index.ts'
import * as forNodeHttp from '../src/node-http.ts'
import { listen, type Application } from './applications.ts'

/** The same API four times: `/orders` needs the scope `orders:read`; the metadata stands where it has to. */
export const RESOURCE_SERVERS: Record<string, (resourceServer: ResourceServer, metadata: ResourceMetadata) => Promise<Application>> = {
  'node:http': (resourceServer, metadata) => {
    const guard = forNodeHttp.requireToken(resourceServer, { scopes: ['orders:read'] })
    const serve = forNodeHttp.serveMetadata(metadata)
    return listen(async (request, response) => {
      if (serve(request, response)) return
      const token = await guard(request, response)
      if (token !== undefined) response.end(forNodeHttp.getToken(request).subject)
    })
  },

  express: (resourceServer, metadata) => {
    const application = express()
    application.use(forExpress.serveMetadata(metadata))
    application.get('/orders', forExpress.requireToken(resourceServer, { scopes: ['orders:read'] }), (request, response) => {
      response.send(forExpress.getToken(request).subject)
    })
    return listen(application)
  },

  fastify: async (resourceServer, metadata) => {
    const application = fastify()
    application.get(metadata.path, forFastify.serveMetadata(metadata))
    application.get('/orders', { onRequest: forFastify.requireToken(resourceServer, { scopes: ['orders:read'] }) }, async (request) => forFastify.getToken(request).subject)
    const url = await application.listen({ port: 0, host: '127.0.0.1' })
    return { url, port: Number(new URL(url).port), close: () => application.close() }
  },

  hono: (resourceServer, metadata) => {
    const application = new Hono()
    application.get(metadata.path, forHono.serveMetadata(metadata))
    application.get('/orders', forHono.requireToken(resourceServer, { scopes: ['orders:read'] }), (context) => context.text(forHono.getToken(context).subject))
    return listen(getRequestListener(application.fetch))
  },
}
