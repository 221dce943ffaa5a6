import { accountName } from '../../domain/account-name.ts'
import { isUuid } from '../../domain/ids.ts'
import type { TotpId, TrustedDeviceId } from '../../domain/ids.ts'
import { refuse } from '../../http/error-codes.ts'
import type { SecondFactorFailure } from '../../services/second-factors/index.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { PageRoute } from './mount-page.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { reauthenticate, redirectTo, showPage } from './visit.ts'
import { renderAddTotp, renderRecoveryCodes } from './views/index.ts'

const inSettings = (deps: PageDeps, notice: string) => redirectTo(`${deps.basePath}/settings?notice=${notice}`)

/** The HTML rendering of what a change of second factors may be refused for. */
function refuseChange(deps: PageDeps, failure: SecondFactorFailure): Page {
  switch (failure.code) {
    case 'recent_authentication_required':
      return reauthenticate(deps, '/settings')
    case 'last_required_factor':
    case 'too_many_authenticators':
      return inSettings(deps, failure.code)
    case 'rate_limited':
      return { kind: 'refused', refusal: refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds }) }
    case 'second_factors_off':
    case 'set_up_expired':
    case 'wrong_code':
    case 'not_found':
      return { kind: 'refused', refusal: refuse('not_found') }
  }
}

async function beginTotp(visit: Visit, deps: PageDeps, error?: string): Promise<Page> {
  const begun = await deps.secondFactors.beginTotp(actorOf(visit))
  if (!begun.ok) return begun.failure.code === 'recent_authentication_required' ? reauthenticate(deps, '/settings/authenticator_app') : refuseChange(deps, begun.failure)
  return showTotp(visit, { ...begun.value, name: '' }, error)
}

function showTotp(visit: Visit, totp: { key: string; setUp: string; name: string }, error: string | undefined): Page {
  const html = renderAddTotp(visit.frame, { ...totp, account: accountName(visit.caller!.user), ...(error === undefined ? {} : { error }) })
  return showPage(html, error === undefined ? 200 : 422)
}

async function confirmTotp(visit: Visit, deps: PageDeps): Promise<Page> {
  const { set_up: setUp = '', name = '' } = visit.fields
  const actor = actorOf(visit)
  const shown = visit.fields['intent'] === 'language' ? deps.secondFactors.readTotpSetUp(actor, setUp) : undefined
  if (shown !== undefined) return showTotp(visit, { key: shown, setUp, name }, undefined)
  const code = (visit.fields['code'] ?? '').replace(/[\s-]/g, '')
  const confirmed = await deps.secondFactors.confirmTotp(actor, { setUp, code, name })
  if (confirmed.ok) return showCodes(visit, deps, confirmed.value.recoveryCodes)
  const key = deps.secondFactors.readTotpSetUp(actor, setUp)
  if (confirmed.failure.code === 'wrong_code' && key !== undefined) return showTotp(visit, { key, setUp, name }, visit.frame.say('failure.wrong_code'))
  if (confirmed.failure.code === 'set_up_expired') return beginTotp(visit, deps, visit.frame.say('problem.set_up_expired'))
  return refuseChange(deps, confirmed.failure)
}

/** Recovery codes are made with the first factor alone; a further one goes straight back. */
function showCodes(visit: Visit, deps: PageDeps, codes: readonly string[], replacesEarlier = false): Page {
  if (codes.length === 0) return redirectTo(`${deps.basePath}/settings`)
  return showPage(renderRecoveryCodes(visit.frame, { codes, continueTo: `${deps.basePath}/settings`, ...(replacesEarlier ? { replacesEarlier } : {}) }))
}

const route = (method: PageRoute['method'], path: string, handle: PageRoute['handle']): PageRoute => ({ method, path: `/settings/${path}`, access: 'user', handle })

export const SECOND_FACTOR_PAGES: readonly PageRoute[] = [
  route('GET', 'authenticator_app', (visit, deps) => beginTotp(visit, deps)),
  { ...route('POST', 'authenticator_app', confirmTotp), showsAgain: true },
  route('POST', 'authenticator_app/remove', async (visit, deps) => {
    const id = visit.fields['totp_id'] ?? ''
    if (!isUuid(id)) return { kind: 'refused', refusal: refuse('not_found') }
    const removed = await deps.secondFactors.removeTotp(actorOf(visit), id as TotpId)
    return removed.ok ? inSettings(deps, 'totp_removed') : refuseChange(deps, removed.failure)
  }),
  route('POST', 'recovery_codes', async (visit, deps) => {
    const made = await deps.secondFactors.makeRecoveryCodes(actorOf(visit))
    return made.ok ? showCodes(visit, deps, made.value.recoveryCodes, true) : refuseChange(deps, made.failure)
  }),
  route('POST', 'trusted_devices/forget', async (visit, deps) => {
    const id = visit.fields['device_id'] ?? ''
    const forgotten = isUuid(id) ? await deps.secondFactors.forgetDevice(actorOf(visit), id as TrustedDeviceId) : 0
    return forgotten > 0 ? inSettings(deps, 'device_forgotten') : { kind: 'refused', refusal: refuse('not_found') }
  }),
]
