import { z } from 'zod'
import { route } from '../route.ts'

export const getCsrf = route({
  method: 'GET',
  path: '/csrf',
  operationId: 'getCsrf',
  summary: 'A CSRF token, also set as a cookie; send it back as header X-CSRF-Token.',
  access: 'public',
  needsCsrf: false,
  success: { status: 200, body: z.object({ csrf_token: z.string() }) },
  setsCookies: 'csrf',
  errors: [],
  async handle({ deps, caller, csrfCookie }) {
    const sessionId = caller?.session.id
    if (csrfCookie !== undefined && deps.csrf.isCurrent(csrfCookie, sessionId)) return { status: 200, body: { csrf_token: csrfCookie } }
    const token = deps.csrf.issue(sessionId)
    return { status: 200, body: { csrf_token: token }, cookies: [deps.jar.csrf(token)] }
  },
})
