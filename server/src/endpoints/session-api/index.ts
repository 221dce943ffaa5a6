/**
 * Owns: the JSON API of sign-in and of the signed-in person, `/api/v1`. Does not own: what the operations do (services).
 * Each operation is one row of routes/, from which its address, its checks and its documentation are made.
 */
import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { isTrustedOrigin } from '../../http/check-origin.ts'
import { requesterOf } from '../../http/requester.ts'
import { presentedToken } from '../../http/credentials.ts'
import type { FieldProblem } from '../../http/error-codes.ts'
import { errorBody, refuse } from '../../http/error-codes.ts'
import { sendRefusalHeaders } from '../../http/listener.ts'
import { parseFields } from '../../http/parse-form.ts'
import { PICTURE_MAX_BYTES } from '../../services/pictures/index.ts'
import type { SignedIn } from '../../services/sessions/index.ts'
import { refuseField } from './flow-answers.ts'
import type { Answer, Route, SessionApiDeps } from './route.ts'
import { answerPreflights, isOfScreen, referenceIn, shareWithScreen } from './custom-screens.ts'
import { ROUTES } from './routes/index.ts'

export type { SessionApiDeps } from './route.ts'

type MountDeps = Omit<SessionApiDeps, 'brandName'> & { readonly ownOrigin: string }

export function mountSessionApi(listener: FastifyInstance, deps: MountDeps): void {
  // Whoever waits for an event would otherwise be waited for at the end.
  listener.addHook('preClose', async () => deps.flows.links.stopListening())
  const prefix = `${deps.basePath}/api/v1`
  answerPreflights(listener, ROUTES.flatMap((route) => (route.takesScreens ? [`${prefix}${route.path}`] : [])), deps)
  for (const route of ROUTES) {
    const mount = (scope: FastifyInstance) =>
      scope.route({
        method: route.method,
        url: `${prefix}${route.path}`,
        handler: async (request, reply) => {
          if (route.takesScreens) await shareWithScreen(request, reply, deps)
          return send(request, reply, await answer(route, deps, request))
        },
      })
    if (route.takesImage) void listener.register(async (scope) => void mount(takeImages(scope)))
    else mount(listener)
  }
}

/** In a scope of its own, so that every other route goes on refusing what is no JSON. */
function takeImages(scope: FastifyInstance): FastifyInstance {
  const options = { parseAs: 'buffer', bodyLimit: PICTURE_MAX_BYTES } as const
  scope.addContentTypeParser(['image/png', 'image/jpeg', 'image/webp'], options, async (_request: FastifyRequest, body: Buffer) => body)
  return scope
}

/** Who is it, may they, is the input whole: always in this order. */
async function answer(route: Route, deps: MountDeps, request: FastifyRequest): Promise<Answer> {
  const reference = referenceIn(route, request.body, deps)
  const waiting = reference === undefined ? undefined : await deps.handOvers.find(reference)
  if (reference !== undefined && !waiting) return refuseField('request', 'request_over', 'The request is unknown, answered or too old; begin again at the application.')
  if (waiting && !isOfScreen(request.headers, waiting)) return refuse('forbidden')
  const presented = waiting ? undefined : presentedToken(request, deps.jar)
  const authenticated = presented && (await deps.sessions.authenticate(presented.token))
  const caller: SignedIn | undefined = authenticated?.ok ? authenticated.value : undefined
  if (route.access === 'user' && !caller) return refuse('unauthorized')
  if (route.access === 'user' && caller?.user.isAnonymous && !route.takesAnonymous) return refuse('promotion_required')

  const isByBearer = caller !== undefined && presented?.source === 'bearer'
  const csrfCookie = deps.jar.read(request.headers.cookie, deps.jar.csrfName)
  const isForm = !(request.headers['content-type'] ?? '').startsWith('application/json') && request.headers['content-type'] !== undefined
  if (route.needsCsrf && !isByBearer && !waiting) {
    const submitted = request.headers['x-csrf-token']
    const isSameOrigin = isTrustedOrigin(request.headers, { ownOrigin: deps.ownOrigin, isForm })
    if (!isSameOrigin || typeof submitted !== 'string' || !deps.csrf.isValid(csrfCookie, submitted, caller?.session.id)) return refuse('forbidden')
  }

  const ofBrowser = (name: string) => (waiting ? undefined : deps.jar.read(request.headers.cookie, name))
  const problems: FieldProblem[] = []
  const read = (schema: z.ZodType | undefined, value: unknown, place: string): unknown => {
    if (!schema) {
      const isEmpty = value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
      if (!isEmpty) problems.push({ field: place, code: 'unexpected', message: `This operation takes no ${place}.` })
      return undefined
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    problems.push(...parsed.error.issues.flatMap((issue) => fieldProblems(issue, place)))
    return undefined
  }
  const query = parseFields(request.url.split('?')[1] ?? '')
  if (!query) problems.push({ field: 'query', code: 'repeated', message: 'A parameter is given twice.' })
  const call = {
    deps: { ...deps, brandName: (await deps.settings.branding()).name },
    requester: requesterOf(request),
    body: read(route.body, isForm ? undefined : request.body, 'body'),
    image: Buffer.isBuffer(request.body) ? request.body : undefined,
    query: read(route.query, query ?? {}, 'query'),
    params: read(route.params, request.params, 'params'),
    caller,
    refreshToken: ofBrowser(deps.jar.refreshName),
    deviceSecret: ofBrowser(deps.jar.deviceName),
    knownSecret: ofBrowser(deps.jar.knownName),
    csrfCookie,
    waiting,
  }
  return problems.length > 0 ? refuse('invalid_request', { details: { fields: problems } }) : route.handle(call)
}

function fieldProblems(issue: z.core.$ZodIssue, place: string): FieldProblem[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...path, key].join('.').slice(0, 100), code: 'unknown', message: 'This field is not known.' }))
  }
  return [{ field: path.join('.') || place, code: issue.code, message: issue.message }]
}

function send(request: FastifyRequest, reply: FastifyReply, answered: Answer): FastifyReply {
  if (answered.cookies) reply.header('set-cookie', answered.cookies)
  if ('code' in answered) {
    sendRefusalHeaders(reply, answered)
    return reply.send(errorBody(answered, request.id))
  }
  if ('stream' in answered) return sendEvents(request, reply, answered.stream)
  if (answered.headers) reply.headers(answered.headers)
  reply.code(answered.status)
  return answered.body === undefined ? reply.send() : reply.send(answered.body)
}

/** Buffered nowhere on its way (nginx asks for the header), and kept by nobody. */
function sendEvents(request: FastifyRequest, reply: FastifyReply, stream: Readable): FastifyReply {
  reply.code(200).headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
  if (request.method !== 'HEAD') return reply.send(stream)
  stream.destroy()
  return reply.send()
}
