import { z } from 'zod'
import type { ChallengeId, IdentityId } from '../../../domain/ids.ts'
import { actorOf } from '../../../services/sessions/index.ts'
import { refuseAccount } from '../account-answers.ts'
import { refuseField } from '../flow-answers.ts'
import { Email, toEmail } from '../profile-shapes.ts'
import { route } from '../route.ts'
import { Challenge, codeText, identifierText, uuidText } from '../shapes.ts'

const ById = z.strictObject({ id: uuidText })

export const listEmails = route({
  method: 'GET',
  path: '/account/emails',
  operationId: 'listEmails',
  summary: 'The email addresses of the account, the primary one first.',
  access: 'user',
  needsCsrf: false,
  success: { status: 200, body: z.object({ emails: z.array(Email) }) },
  errors: [],
  async handle(call) {
    const emails = await call.deps.accounts.listEmails(actorOf(call))
    return { status: 200, body: { emails: emails.map(toEmail) } }
  },
})

export const requestEmail = route({
  method: 'POST',
  path: '/account/email-challenges',
  operationId: 'createEmailChallenge',
  summary: 'Sends a code to a further address; wants a recent proof. The answer is the same when another account has the address.',
  access: 'user',
  needsCsrf: true,
  body: z.strictObject({ email: identifierText }),
  success: { status: 202, body: Challenge },
  errors: ['recent_authentication_required', 'email_limit_reached', 'rate_limited'],
  async handle(call) {
    const requested = await call.deps.accounts.requestEmail(actorOf(call), call.body.email, 'add')
    if (requested.ok) return { status: 202, body: { challenge_id: requested.value.challengeId } }
    if (requested.failure.code === 'invalid_email') return refuseField('email', 'invalid_email', 'This address cannot be used.')
    return refuseAccount(call.deps, actorOf(call), requested.failure)
  },
})

export const verifyEmail = route({
  method: 'POST',
  path: '/account/email-challenges/verify',
  operationId: 'verifyEmailChallenge',
  summary: 'Adds the address once the code sent to it is right; an address nobody proved gives way to it. Old and new addresses are told.',
  access: 'user',
  needsCsrf: true,
  body: z.strictObject({ challenge_id: uuidText, code: codeText }),
  success: { status: 204 },
  errors: ['recent_authentication_required', 'email_limit_reached', 'rate_limited'],
  async handle(call) {
    const verified = await call.deps.accounts.verifyEmail(actorOf(call), call.body.challenge_id as ChallengeId, call.body.code, 'add')
    return verified.ok ? { status: 204 } : refuseAccount(call.deps, actorOf(call), verified.failure)
  },
})

export const makeEmailPrimary = route({
  method: 'PUT',
  path: '/account/emails/:id/primary',
  operationId: 'makeEmailPrimary',
  summary: 'Makes a verified address the primary one; wants a recent proof.',
  access: 'user',
  needsCsrf: true,
  params: ById,
  success: { status: 204 },
  errors: ['not_found', 'recent_authentication_required'],
  async handle(call) {
    const changed = await call.deps.accounts.makeEmailPrimary(actorOf(call), call.params.id as IdentityId)
    return changed.ok ? { status: 204 } : refuseAccount(call.deps, actorOf(call), changed.failure)
  },
})

export const removeEmail = route({
  method: 'DELETE',
  path: '/account/emails/:id',
  operationId: 'removeEmail',
  summary: 'Removes an address, never the last one that can recover the account; wants a recent proof.',
  access: 'user',
  needsCsrf: true,
  params: ById,
  success: { status: 204 },
  errors: ['not_found', 'recent_authentication_required', 'last_email'],
  async handle(call) {
    const removed = await call.deps.accounts.removeEmail(actorOf(call), call.params.id as IdentityId)
    return removed.ok ? { status: 204 } : refuseAccount(call.deps, actorOf(call), removed.failure)
  },
})
