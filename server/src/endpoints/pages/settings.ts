import { isUuid } from '../../domain/ids.ts'
import { rulesToShow } from '../../domain/password-rules.ts'
import type { ChallengeId, SessionId } from '../../domain/ids.ts'
import { refuse } from '../../http/error-codes.ts'
import type { AccountFailure } from '../../services/accounts/index.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { PageRoute } from './mount-page.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { reauthenticate, redirectTo, showPage } from './visit.ts'
import type { SettingsField, SettingsModel } from './views/index.ts'
import { deviceText, passwordProblemText, renderAnonymousSettings, renderEmailChangeCode, renderSettings } from './views/index.ts'

const MAX_SESSIONS_SHOWN = 100
/** Refusals that are told on the page of the settings itself. */
const PROBLEMS = {
  last_required_factor: 'problem.last_required_factor',
  too_many_authenticators: 'problem.too_many_authenticators',
  last_email: 'problem.last_email',
  email_limit_reached: 'problem.email_limit',
} as const
const NOTICES = {
  profile_saved: 'done.profile_saved',
  username_saved: 'done.username_saved',
  password_saved: 'done.password_saved',
  email_saved: 'done.email_saved',
  email_added: 'done.email_added',
  email_primary: 'done.email_primary',
  email_removed: 'done.email_removed',
  phone_added: 'done.phone_added',
  phone_removed: 'done.phone_removed',
  details_saved: 'done.details_saved',
  picture_saved: 'done.picture_saved',
  picture_removed: 'done.picture_removed',
  totp_removed: 'done.totp_removed',
  device_forgotten: 'done.device_forgotten',
  passkey_added: 'done.passkey_added',
  passkey_renamed: 'done.passkey_renamed',
  passkey_removed: 'done.passkey_removed',
  session_ended: 'done.session_ended',
  application_ended: 'done.application_ended',
  other_sessions_ended: 'done.other_sessions_ended',
} as const

export const saved = (deps: PageDeps, notice: keyof typeof NOTICES, cookies: readonly string[] = []) => redirectTo(`${deps.basePath}/settings?notice=${notice}`, cookies)

export async function showSettings(visit: Visit, deps: PageDeps, problems: Pick<SettingsModel, 'errors' | 'values' | 'banner'> = {}): Promise<Page> {
  const { user, session } = visit.caller!
  if (user.isAnonymous) return showPage(renderAnonymousSettings(visit.frame, { isDeletionOffered: (await deps.deletions.offer()).isOffered }))
  const sessions = await deps.sessions.list(user.id, { limit: MAX_SESSIONS_SHOWN })
  const factors = await deps.secondFactors.overview(user.id)
  const passkeys = deps.passkeys.isOffered ? await deps.passkeys.list(actorOf(visit)) : undefined
  const emails = await deps.accounts.listEmails(actorOf(visit))
  const phones = await deps.phones.list(actorOf(visit))
  const { messaging } = await deps.settings.document()
  const policy = await deps.settings.policy()
  const hasPassword = await deps.accounts.hasPassword(actorOf(visit))
  const html = renderSettings(visit.frame, {
    emails: emails.map((one) => ({ id: one.id, email: one.display, isVerified: one.verifiedAt !== null, isPrimary: one.isPrimary })),
    phones: { list: phones.map((one) => ({ id: one.id, phone: one.display })), isOffered: messaging.senders.length > 0 || deps.hasMailbox },
    details: await deps.profiles.list(user.id),
    pictureUrl: await deps.pictures.urlOf(user.id),
    isDeletionOffered: (await deps.deletions.offer()).isOffered,
    user: {
      email: user.email,
      emailVerified: user.emailVerifiedAt !== null,
      username: user.username ?? '',
      displayName: user.displayName,
      createdAt: user.createdAt,
      roles: user.roles,
    },
    passwordRules: rulesToShow(policy.password),
    passwordForm: hasPassword ? 'change' : policy.login.authentications.includes('primary_password') ? 'create' : 'none',
    secondFactors: {
      ...factors,
      trustedDevices: factors.trustedDevices.map((one) => ({ ...one, device: deviceText(visit.frame.say, one.userAgent) })),
    },
    sessions: sessions.map((one) => ({
      id: one.id,
      isCurrent: one.id === session.id,
      device: deviceText(visit.frame.say, one.user_agent),
      userAgent: one.user_agent,
      ip: one.ip,
      createdAt: one.created_at,
      lastUsedAt: one.last_used_at,
    })),
    applications: await deps.applications.list(user.id),
    passkeys: passkeys && {
      suggestedName: deviceText(visit.frame.say, visit.requester.userAgent),
      list: passkeys.map((one) => ({
        id: one.id,
        name: one.name,
        isSynced: one.is_backup_eligible === 1,
        createdAt: one.created_at,
        lastUsedAt: one.last_used_at,
      })),
    },
    ...problems,
  })
  return showPage(html, problems.errors || problems.banner?.tone === 'error' ? 422 : 200)
}

/** The HTML rendering of what an account operation may be refused for. */
export function refuseAccount(visit: Visit, deps: PageDeps, failure: AccountFailure): Promise<Page> {
  const values = visit.fields
  const at = (field: SettingsField, text: string) => showSettings(visit, deps, { errors: { [field]: text }, values })
  switch (failure.code) {
    case 'recent_authentication_required':
      return Promise.resolve(reauthenticate(deps, '/settings'))
    case 'invalid_credentials':
      return at('current_password', visit.frame.say('problem.current_password_wrong'))
    case 'unacceptable_password':
      return at('new_password', failure.problems.map((problem) => passwordProblemText(visit.frame.say, problem, failure.minimumLength)).join(' '))
    case 'invalid_username':
      return at('username', visit.frame.say('problem.username_unusable'))
    case 'username_taken':
      return at('username', visit.frame.say('problem.username_taken'))
    case 'invalid_email':
      return at('new_email', visit.frame.say('problem.email_unusable'))
    case 'invalid_display_name':
      return at('display_name', visit.frame.say('problem.display_name_unusable'))
    case 'last_active_admin':
      return showSettings(visit, deps, { banner: { tone: 'error', text: visit.frame.say('problem.last_active_admin') } })
    case 'last_email':
    case 'email_limit_reached':
      return showSettings(visit, deps, { banner: { tone: 'error', text: visit.frame.say(PROBLEMS[failure.code]) } })
    case 'rate_limited':
      return Promise.resolve({ kind: 'refused', refusal: refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds }) })
    case 'deletion_not_offered':
      return Promise.resolve({ kind: 'refused', refusal: refuse('not_found') })
    case 'password_already_exists':
    case 'wrong_code':
    case 'code_exhausted':
    case 'not_found':
      return Promise.resolve({ kind: 'refused', refusal: refuse('invalid_request') })
  }
}

function challengeIn(fields: Readonly<Record<string, string>>): ChallengeId | undefined {
  const id = fields['challenge_id'] ?? fields['challenge'] ?? ''
  return isUuid(id) ? (id as ChallengeId) : undefined
}

async function showEmailChange(visit: Visit, deps: PageDeps, id: ChallengeId, error?: string): Promise<Page> {
  const found = await deps.accounts.findPendingEmail(actorOf(visit), id)
  if (!found.ok) return { kind: 'refused', refusal: refuse('not_found') }
  const isFresh = visit.query['notice'] === 'code_sent_again'
  const html = renderEmailChangeCode(visit.frame, {
    challengeId: id,
    maskedDestination: found.value.maskedDestination,
    ...(error ? { error } : {}),
    ...(isFresh ? { banner: { tone: 'success', text: visit.frame.say('flow.code_sent_again') } } : {}),
  })
  return showPage(html, error ? 422 : 200)
}

async function verifyEmailChange(visit: Visit, deps: PageDeps): Promise<Page> {
  const id = challengeIn(visit.fields)
  if (!id) return { kind: 'refused', refusal: refuse('invalid_request') }
  if (visit.fields['intent'] === 'resend') {
    const resent = await deps.accounts.resendEmail(actorOf(visit), id)
    if (!resent.ok) return refuseAccount(visit, deps, resent.failure)
    return redirectTo(`${deps.basePath}/settings/email/verify?challenge=${id}&notice=code_sent_again`)
  }
  const code = (visit.fields['code'] ?? '').replace(/[\s-]/g, '')
  const verified = await deps.accounts.verifyEmail(actorOf(visit), id, code)
  if (verified.ok) return saved(deps, verified.value === 'add' ? 'email_added' : 'email_saved')
  const { failure } = verified
  if (failure.code === 'wrong_code' || failure.code === 'code_exhausted') return showEmailChange(visit, deps, id, visit.frame.say(`failure.${failure.code}`))
  return refuseAccount(visit, deps, failure)
}

const post = (path: string, handle: PageRoute['handle']): PageRoute => ({ method: 'POST', path, access: 'user', handle })
const get = (path: string, handle: PageRoute['handle']): PageRoute => ({ method: 'GET', path, access: 'user', handle })

export const SETTINGS_PAGES: readonly PageRoute[] = [
  { method: 'GET', path: '/settings', access: 'user', takesAnonymous: true, handle: (visit, deps) => {
    const notice = visit.query['notice'] ?? ''
    if (Object.hasOwn(PROBLEMS, notice)) return showSettings(visit, deps, { banner: { tone: 'error', text: visit.frame.say(PROBLEMS[notice as keyof typeof PROBLEMS]) } })
    const text = Object.hasOwn(NOTICES, notice) ? NOTICES[notice as keyof typeof NOTICES] : undefined
    return showSettings(visit, deps, text ? { banner: { tone: 'success', text: visit.frame.say(text) } } : {})
  } },
  // What answers a form of the settings, once more in another language.
  post('/settings', (visit, deps) => showSettings(visit, deps, { values: visit.fields })),
  post('/settings/profile', async (visit, deps) => {
    const changed = await deps.accounts.changeDisplayName(actorOf(visit), visit.fields['display_name'] ?? '')
    return changed.ok ? saved(deps, 'profile_saved') : refuseAccount(visit, deps, changed.failure)
  }),
  post('/settings/username', async (visit, deps) => {
    const changed = await deps.accounts.changeUsername(actorOf(visit), visit.fields['username'] ?? '')
    return changed.ok ? saved(deps, 'username_saved') : refuseAccount(visit, deps, changed.failure)
  }),
  post('/settings/password', async (visit, deps) => {
    const { current_password: currentPassword = '', new_password: newPassword = '' } = visit.fields
    const actor = actorOf(visit)
    const changed = (await deps.accounts.hasPassword(actor))
      ? await deps.accounts.changePassword(actor, { currentPassword, newPassword, knownSecret: visit.knownSecret })
      : await deps.accounts.createPassword(actor, { newPassword, knownSecret: visit.knownSecret })
    return changed.ok ? saved(deps, 'password_saved', [deps.jar.known(changed.value.secret, changed.value.expiresAt, deps.clock.now())]) : refuseAccount(visit, deps, changed.failure)
  }),
  post('/settings/email', async (visit, deps) => {
    const requested = await deps.accounts.requestEmail(actorOf(visit), visit.fields['new_email'] ?? '', visit.fields['intent'] === 'add_email' ? 'add' : 'change')
    if (!requested.ok) return refuseAccount(visit, deps, requested.failure)
    return redirectTo(`${deps.basePath}/settings/email/verify?challenge=${requested.value.challengeId}`)
  }),
  get('/settings/email/verify', (visit, deps) => {
    const id = challengeIn(visit.query)
    return id ? showEmailChange(visit, deps, id) : Promise.resolve({ kind: 'refused', refusal: refuse('not_found') })
  }),
  post('/settings/email/verify', verifyEmailChange),
  post('/settings/sessions/end', async (visit, deps) => {
    const id = visit.fields['session_id'] ?? ''
    const user = { tenantId: deps.tenantId, userId: visit.caller!.user.id }
    const isEnded = isUuid(id) && (await deps.sessions.end(user, id as SessionId, 'ended_by_user', visit.requester))
    return isEnded ? saved(deps, 'session_ended') : { kind: 'refused', refusal: refuse('not_found') }
  }),
  post('/settings/sessions/end_others', async (visit, deps) => {
    const { user, session } = visit.caller!
    await deps.sessions.endOthers({ tenantId: deps.tenantId, userId: user.id }, session.id, visit.requester)
    return saved(deps, 'other_sessions_ended')
  }),
]
