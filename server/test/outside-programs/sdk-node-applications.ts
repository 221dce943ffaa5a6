import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import * as forExpress from '../../../sdk/node/src/express.ts'
import * as forFastify from '../../../sdk/node/src/fastify.ts'
import * as forHono from '../../../sdk/node/src/hono.ts'
import * as forNodeHttp from '../../../sdk/node/src/node-http.ts'
import type { SignedIn, SignIn } from '../../../sdk/node/src/sign-in/index.ts'
import type { Listening } from './listen.ts'
import { listen } from './listen.ts'

const greet = ({ claims }: SignedIn) => `Hello ${String(claims['email'])}`
const RECENT = { maxAgeSeconds: 60 }

/** The same application four times: everything but `/` is for people who signed in, `/transfer` for those who did a moment ago. */
export const APPLICATIONS: Record<string, (signIn: SignIn, port: number) => Promise<Listening>> = {
  'node:http': (signIn, port) => {
    const [serve, guard, guardRecent] = [forNodeHttp.serveSignIn(signIn), forNodeHttp.requireSignIn(signIn), forNodeHttp.requireSignIn(signIn, RECENT)]
    return listen(port, async (request, response) => {
      if (await serve(request, response)) return
      if (request.url === '/') return void response.end('Welcome')
      const person = await (request.url === '/transfer' ? guardRecent : guard)(request, response)
      if (person !== undefined) response.end(greet(forNodeHttp.getPerson(request)))
    })
  },
  Express: (signIn, port) => {
    const app = express()
    app.use(express.urlencoded({ extended: false }), forExpress.serveSignIn(signIn))
    app.get('/', (_request, response) => void response.send('Welcome'))
    app.get('/transfer', forExpress.requireSignIn(signIn, RECENT), (request, response) => void response.send(greet(forExpress.getPerson(request))))
    app.use(forExpress.requireSignIn(signIn), (request, response) => void response.send(greet(forExpress.getPerson(request))))
    return listen(port, app)
  },
  Fastify: async (signIn, port) => {
    const app = fastify()
    app.addHook('onRequest', forFastify.serveSignIn(signIn))
    app.get('/', () => 'Welcome')
    app.get('/transfer', { onRequest: forFastify.requireSignIn(signIn, RECENT) }, (request) => greet(forFastify.getPerson(request)))
    app.get('/*', { onRequest: forFastify.requireSignIn(signIn) }, (request) => greet(forFastify.getPerson(request)))
    await app.listen({ host: '127.0.0.1', port })
    return { stop: () => app.close() }
  },
  Hono: (signIn, port) => {
    const app = new Hono()
    app.use(forHono.serveSignIn(signIn))
    app.get('/', (context) => context.text('Welcome'))
    app.get('/transfer', forHono.requireSignIn(signIn, RECENT), (context) => context.text(greet(forHono.getPerson(context))))
    app.get('*', forHono.requireSignIn(signIn), (context) => context.text(greet(forHono.getPerson(context))))
    return listen(port, getRequestListener(app.fetch))
  },
}
