import type { ChallengeId, IdentityId } from '../../domain/ids.ts'
import { isUuid } from '../../domain/ids.ts'
import { MESSAGE_CHANNELS } from '../../domain/message.ts'
import { refuse } from '../../http/error-codes.ts'
import type { PhoneChangeFailure } from '../../services/phones/index.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { PageRoute } from './mount-page.ts'
import { saved, showSettings } from './settings.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { reauthenticate, redirectTo, showPage } from './visit.ts'
import { renderPhoneAddCode } from './views/index.ts'

/** The HTML rendering of what a change of numbers may be refused for. */
async function refusePhone(visit: Visit, deps: PageDeps, failure: PhoneChangeFailure): Promise<Page> {
  const { say } = visit.frame
  const atField = (text: string) => showSettings(visit, deps, { errors: { new_phone: text }, values: visit.fields })
  const banner = (text: string) => showSettings(visit, deps, { banner: { tone: 'error', text } })
  switch (failure.code) {
    case 'recent_authentication_required':
      return reauthenticate(deps, '/settings')
    case 'invalid_phone':
      return atField(say('failure.invalid_number'))
    case 'country_not_allowed':
      return atField(say('problem.country_not_allowed'))
    case 'phone_limit_reached':
      return banner(say('problem.phone_limit'))
    case 'last_phone':
      return banner(say('problem.last_phone'))
    case 'last_required_factor':
      return banner(say('problem.last_required_factor'))
    case 'rate_limited':
      return { kind: 'refused', refusal: refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds }) }
    case 'not_found':
      return { kind: 'refused', refusal: refuse('not_found') }
    case 'wrong_code':
    case 'code_exhausted':
      return { kind: 'refused', refusal: refuse('invalid_request') }
  }
}

async function showPending(visit: Visit, deps: PageDeps, id: ChallengeId, error?: string): Promise<Page> {
  const found = await deps.phones.findPending(actorOf(visit), id)
  if (!found.ok) return refusePhone(visit, deps, found.failure)
  const isFresh = visit.query['notice'] === 'code_sent_again'
  const html = renderPhoneAddCode(visit.frame, {
    challengeId: id,
    ...found.value,
    ...(error ? { error } : {}),
    ...(isFresh ? { banner: { tone: 'success', text: visit.frame.say('flow.code_sent_again') } } : {}),
  })
  return showPage(html, error ? 422 : 200)
}

async function verify(visit: Visit, deps: PageDeps): Promise<Page> {
  const text = visit.fields['challenge_id'] ?? ''
  if (!isUuid(text)) return { kind: 'refused', refusal: refuse('invalid_request') }
  const id = text as ChallengeId
  const actor = actorOf(visit)
  if (visit.fields['intent'] === 'resend') {
    const sent = await deps.phones.resend(actor, id, MESSAGE_CHANNELS.find((one) => one === visit.fields['channel']))
    return sent.ok ? redirectTo(`${deps.basePath}/settings/phone/verify?challenge=${id}&notice=code_sent_again`) : refusePhone(visit, deps, sent.failure)
  }
  const verified = await deps.phones.verify(actor, id, (visit.fields['code'] ?? '').replace(/[\s-]/g, ''))
  if (verified.ok) return saved(deps, 'phone_added')
  const { code } = verified.failure
  return code === 'wrong_code' || code === 'code_exhausted' ? showPending(visit, deps, id, visit.frame.say(`failure.${code}`)) : refusePhone(visit, deps, verified.failure)
}

export const PHONE_SETTINGS_PAGES: readonly PageRoute[] = [
  {
    method: 'POST',
    path: '/settings/phone',
    access: 'user',
    async handle(visit, deps) {
      const requested = await deps.phones.request(actorOf(visit), { number: visit.fields['new_phone'] ?? '' })
      if (!requested.ok) return refusePhone(visit, deps, requested.failure)
      return redirectTo(`${deps.basePath}/settings/phone/verify?challenge=${requested.value.challengeId}`)
    },
  },
  {
    method: 'GET',
    path: '/settings/phone/verify',
    access: 'user',
    async handle(visit, deps) {
      const id = visit.query['challenge'] ?? ''
      return isUuid(id) ? showPending(visit, deps, id as ChallengeId) : { kind: 'refused', refusal: refuse('not_found') }
    },
  },
  { method: 'POST', path: '/settings/phone/verify', access: 'user', handle: verify },
  {
    method: 'POST',
    path: '/settings/phone/remove',
    access: 'user',
    async handle(visit, deps) {
      const id = visit.fields['phone_id'] ?? ''
      if (!isUuid(id)) return { kind: 'refused', refusal: refuse('not_found') }
      const removed = await deps.phones.remove(actorOf(visit), id as IdentityId)
      return removed.ok ? saved(deps, 'phone_removed') : refusePhone(visit, deps, removed.failure)
    },
  },
]
