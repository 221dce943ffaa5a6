import { z } from 'zod'
import type { ChallengeId, SessionId } from '../../../domain/ids.ts'
import { refuse } from '../../../http/error-codes.ts'
import { actorOf } from '../../../services/sessions/index.ts'
import { refuseAccount } from '../account-answers.ts'
import { route } from '../route.ts'
import { knownCookie } from '../session-cookies.ts'
import { Account, Challenge, codeText, identifierText, iso, passwordText, ScheduledDeletion, toAuthUser, uuidText } from '../shapes.ts'

const DEFAULT_PAGE = 50

export const getAccount = route({
  method: 'GET',
  path: '/account',
  operationId: 'getAccount',
  summary: 'The account with its sessions and authenticators, sessions paged by cursor.',
  access: 'user',
  takesAnonymous: true,
  needsCsrf: false,
  query: z.strictObject({
    sessions_cursor: uuidText.optional(),
    sessions_limit: z
      .string()
      .regex(/^([1-9]\d?|100)$/, 'must be 1 to 100')
      .transform(Number)
      .optional(),
  }),
  success: { status: 200, body: Account },
  errors: [],
  async handle(call) {
    const { deps, query } = call
    const actor = actorOf(call)
    const limit = query.sessions_limit ?? DEFAULT_PAGE
    const before = query.sessions_cursor as SessionId | undefined
    const found = await deps.sessions.list(actor.user.id, { limit: limit + 1, ...(before ? { before } : {}) })
    const page = found.slice(0, limit)
    const next = found.length > limit ? page.at(-1)?.id : undefined
    const password = (await deps.accounts.hasPassword(actor)) ? [{ provider: 'password' }] : []
    const passkey = (await deps.passkeys.list(actor)).length > 0 ? [{ provider: 'passkey' }] : []
    return {
      status: 200,
      body: {
        user: toAuthUser(actor.user),
        sessions: page.map((session) => ({
          id: session.id,
          current: session.id === actor.session.id,
          created_at: iso(session.created_at),
          last_used_at: iso(session.last_used_at),
          expires_at: iso(session.expires_at),
          user_agent: session.user_agent,
          ip: session.ip,
        })),
        auth_methods: [...password, ...passkey],
        ...(next ? { sessions_next_cursor: next } : {}),
      },
    }
  },
})

export const patchUsername = route({
  method: 'PATCH',
  path: '/account/username',
  operationId: 'updateUsername',
  summary: 'Changes the username.',
  access: 'user',
  needsCsrf: true,
  body: z.strictObject({ username: z.string().min(1).max(320) }),
  success: { status: 204 },
  errors: ['username_taken', 'rate_limited'],
  async handle(call) {
    const changed = await call.deps.accounts.changeUsername(actorOf(call), call.body.username)
    return changed.ok ? { status: 204 } : refuseAccount(call.deps, actorOf(call), changed.failure)
  },
})

export const putPassword = route({
  method: 'PUT',
  path: '/account/password',
  operationId: 'changePassword',
  summary: 'Replaces the password; keeps this session, ends the others, voids pending codes.',
  access: 'user',
  needsCsrf: true,
  body: z.strictObject({ current_password: passwordText, new_password: passwordText }),
  success: { status: 204 },
  setsCookies: 'known',
  errors: ['recent_authentication_required', 'rate_limited'],
  async handle(call) {
    const { current_password: currentPassword, new_password: newPassword } = call.body
    const changed = await call.deps.accounts.changePassword(actorOf(call), { currentPassword, newPassword, knownSecret: call.knownSecret })
    return changed.ok ? { status: 204, cookies: [knownCookie(call.deps, changed.value)] } : refuseAccount(call.deps, actorOf(call), changed.failure)
  },
})

export const postPassword = route({
  method: 'POST',
  path: '/account/password',
  operationId: 'createPassword',
  summary: 'Sets a first password for an account that has none; wants a recent proof.',
  access: 'user',
  needsCsrf: true,
  body: z.strictObject({ password: passwordText }),
  success: { status: 204 },
  setsCookies: 'known',
  errors: ['password_already_exists', 'recent_authentication_required'],
  async handle(call) {
    const created = await call.deps.accounts.createPassword(actorOf(call), { newPassword: call.body.password, knownSecret: call.knownSecret })
    return created.ok ? { status: 204, cookies: [knownCookie(call.deps, created.value)] } : refuseAccount(call.deps, actorOf(call), created.failure, 'password')
  },
})

export const requestEmailChange = route({
  method: 'POST',
  path: '/account/email-change/challenges',
  operationId: 'createEmailChangeChallenge',
  summary: 'Sends a code to the new address; wants a recent proof.',
  access: 'user',
  needsCsrf: true,
  body: z.strictObject({ new_email: identifierText }),
  success: { status: 202, body: Challenge },
  errors: ['recent_authentication_required', 'rate_limited'],
  async handle(call) {
    const requested = await call.deps.accounts.requestEmail(actorOf(call), call.body.new_email, 'change')
    if (!requested.ok) return refuseAccount(call.deps, actorOf(call), requested.failure)
    return { status: 202, body: { challenge_id: requested.value.challengeId } }
  },
})

export const verifyEmailChange = route({
  method: 'POST',
  path: '/account/email-change/challenges/verify',
  operationId: 'verifyEmailChangeChallenge',
  summary: 'Puts the address in the place of the primary one once the code sent to it is right; both are told.',
  access: 'user',
  needsCsrf: true,
  body: z.strictObject({ challenge_id: uuidText, code: codeText }),
  success: { status: 204 },
  errors: ['recent_authentication_required', 'rate_limited'],
  async handle(call) {
    const verified = await call.deps.accounts.verifyEmail(actorOf(call), call.body.challenge_id as ChallengeId, call.body.code, 'change')
    return verified.ok ? { status: 204 } : refuseAccount(call.deps, actorOf(call), verified.failure)
  },
})

export const endOtherSessions = route({
  method: 'DELETE',
  path: '/account/sessions/others',
  operationId: 'endOtherSessions',
  summary: 'Ends every session of the account but this one.',
  access: 'user',
  needsCsrf: true,
  success: { status: 204 },
  errors: [],
  async handle(call) {
    const { user, session, requester } = actorOf(call)
    await call.deps.sessions.endOthers({ tenantId: call.deps.tenantId, userId: user.id }, session.id, requester)
    return { status: 204 }
  },
})

export const endSession = route({
  method: 'DELETE',
  path: '/account/sessions/:id',
  operationId: 'endSession',
  summary: 'Ends one session of the account.',
  access: 'user',
  needsCsrf: true,
  params: z.strictObject({ id: uuidText }),
  success: { status: 204 },
  setsCookies: 'cleared_if_current',
  errors: ['not_found'],
  async handle(call) {
    const { user, session, requester } = actorOf(call)
    const id = call.params.id as SessionId
    const isEnded = await call.deps.sessions.end({ tenantId: call.deps.tenantId, userId: user.id }, id, 'ended_by_user', requester)
    if (!isEnded) return refuse('not_found')
    return { status: 204, ...(id === session.id ? { cookies: call.deps.jar.cleared() } : {}) }
  },
})

export const deleteAccount = route({
  method: 'DELETE',
  path: '/account',
  operationId: 'deleteAccount',
  summary: 'Deletes the account, at once or after the days of grace that `/capabilities` tells (`delete_at`); wants a recent proof.',
  access: 'user',
  takesAnonymous: true,
  needsCsrf: true,
  success: { status: 204 },
  otherSuccess: { status: 200, body: ScheduledDeletion },
  setsCookies: 'cleared',
  errors: ['recent_authentication_required', 'last_active_admin', 'forbidden'],
  async handle(call) {
    const deleted = await call.deps.accounts.delete(actorOf(call))
    if (!deleted.ok) return refuseAccount(call.deps, actorOf(call), deleted.failure)
    const { deleteAt } = deleted.value
    const cookies = call.deps.jar.cleared()
    return deleteAt === null ? { status: 204, cookies } : { status: 200, body: { delete_at: iso(deleteAt) }, cookies }
  },
})
