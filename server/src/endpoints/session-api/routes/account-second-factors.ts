import { accountName } from '../../../domain/account-name.ts'
import { z } from 'zod'
import type { TotpId, TrustedDeviceId } from '../../../domain/ids.ts'
import { refuse } from '../../../http/error-codes.ts'
import { totpUri } from '../../../protocols/totp.ts'
import { actorOf } from '../../../services/sessions/index.ts'
import { route } from '../route.ts'
import { refuseFactorChange } from '../second-factor-answers.ts'
import { codeText, iso, RecoveryCodes, SecondFactors, TotpSetUp, uuidText } from '../shapes.ts'

const ById = z.strictObject({ id: uuidText })

export const getSecondFactors = route({
  method: 'GET',
  path: '/account/second-factors',
  operationId: 'getSecondFactors',
  summary: 'Authenticator apps, how many recovery codes are left, and browsers that are spared the second proof.',
  access: 'user',
  needsCsrf: false,
  success: { status: 200, body: SecondFactors },
  errors: [],
  async handle({ deps, caller }) {
    const found = await deps.secondFactors.overview(caller!.user.id)
    return {
      status: 200,
      body: {
        totps: found.totps.map((one) => ({ id: one.id, name: one.name, created_at: iso(one.createdAt), last_used_at: one.lastUsedAt === null ? null : iso(one.lastUsedAt) })),
        recovery_codes_left: found.recoveryCodesLeft,
        trusted_devices: found.trustedDevices.map((one) => ({
          id: one.id,
          user_agent: one.userAgent,
          ip: one.ip,
          created_at: iso(one.createdAt),
          last_used_at: iso(one.lastUsedAt),
          expires_at: iso(one.expiresAt),
        })),
      },
    }
  },
})

export const beginTotp = route({
  method: 'POST',
  path: '/account/totp-set-up',
  operationId: 'beginTotp',
  summary: 'A new key for an authenticator app; it counts once its first code was sent back. Wants a recent proof.',
  access: 'user',
  needsCsrf: true,
  success: { status: 201, body: TotpSetUp },
  errors: ['recent_authentication_required', 'too_many_authenticators', 'forbidden'],
  async handle(call) {
    const actor = actorOf(call)
    const begun = await call.deps.secondFactors.beginTotp(actor)
    if (!begun.ok) return refuseFactorChange(call.deps, actor, begun.failure)
    const { key, setUp, expiresAt } = begun.value
    return { status: 201, body: { set_up: setUp, key, uri: totpUri(key, { issuer: call.deps.brandName, account: accountName(actor.user) }), expires_at: iso(expiresAt) } }
  },
})

export const confirmTotp = route({
  method: 'POST',
  path: '/account/totp',
  operationId: 'confirmTotp',
  summary: 'Sets the authenticator app up with its first code; with the first app come recovery codes.',
  access: 'user',
  needsCsrf: true,
  body: z.strictObject({ set_up: z.string().min(1).max(1_024), code: codeText, name: z.string().max(200).optional() }),
  success: { status: 201, body: RecoveryCodes },
  errors: ['recent_authentication_required', 'too_many_authenticators', 'rate_limited'],
  async handle(call) {
    const { set_up: setUp, code, name = '' } = call.body
    const confirmed = await call.deps.secondFactors.confirmTotp(actorOf(call), { setUp, code, name })
    if (!confirmed.ok) return refuseFactorChange(call.deps, actorOf(call), confirmed.failure)
    return { status: 201, body: { recovery_codes: confirmed.value.recoveryCodes } }
  },
})

export const removeTotp = route({
  method: 'DELETE',
  path: '/account/totp/:id',
  operationId: 'removeTotp',
  summary: 'Removes an authenticator app; with the last one go recovery codes and trusted browsers. Wants a recent proof.',
  access: 'user',
  needsCsrf: true,
  params: ById,
  success: { status: 204 },
  errors: ['recent_authentication_required', 'last_required_factor', 'not_found'],
  async handle(call) {
    const removed = await call.deps.secondFactors.removeTotp(actorOf(call), call.params.id as TotpId)
    return removed.ok ? { status: 204 } : refuseFactorChange(call.deps, actorOf(call), removed.failure)
  },
})

export const makeRecoveryCodes = route({
  method: 'POST',
  path: '/account/recovery-codes',
  operationId: 'makeRecoveryCodes',
  summary: 'New recovery codes in the place of all earlier ones, readable this once. Wants a recent proof.',
  access: 'user',
  needsCsrf: true,
  success: { status: 201, body: RecoveryCodes },
  errors: ['recent_authentication_required', 'not_found'],
  async handle(call) {
    const made = await call.deps.secondFactors.makeRecoveryCodes(actorOf(call))
    if (!made.ok) return refuseFactorChange(call.deps, actorOf(call), made.failure)
    return { status: 201, body: { recovery_codes: made.value.recoveryCodes } }
  },
})

export const forgetTrustedDevice = route({
  method: 'DELETE',
  path: '/account/trusted-devices/:id',
  operationId: 'forgetTrustedDevice',
  summary: 'A browser that was spared the second proof is asked for it again.',
  access: 'user',
  needsCsrf: true,
  params: ById,
  success: { status: 204 },
  errors: ['not_found'],
  async handle(call) {
    const forgotten = await call.deps.secondFactors.forgetDevice(actorOf(call), call.params.id as TrustedDeviceId)
    return forgotten > 0 ? { status: 204 } : refuse('not_found')
  },
})

export const forgetTrustedDevices = route({
  method: 'DELETE',
  path: '/account/trusted-devices',
  operationId: 'forgetTrustedDevices',
  summary: 'Every browser is asked for the second proof again.',
  access: 'user',
  needsCsrf: true,
  success: { status: 204 },
  errors: [],
  async handle(call) {
    await call.deps.secondFactors.forgetDevice(actorOf(call), 'all')
    return { status: 204 }
  },
})
