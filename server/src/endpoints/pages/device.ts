import { refuse } from '../../http/error-codes.ts'
import type { DeviceAuthorization, DeviceFailure } from '../../services/device-authorizations/index.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { PageRoute } from './mount-page.ts'
import { renderDeviceCode, renderDeviceConfirmation, renderMessage } from './views/index.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { redirectTo, showPage } from './visit.ts'

/** `verification_uri` of RFC 8628 section 3.3. Opening it does nothing: a code in the address is only filled in. */
export const DEVICE_PAGES: readonly PageRoute[] = [
  { method: 'GET', path: '/device', access: 'user', handle: async (visit) => askForCode(visit, visit.query['user_code']) },
  { method: 'POST', path: '/device', access: 'user', handle: takeForm },
]

async function takeForm(visit: Visit, deps: PageDeps): Promise<Page> {
  const { intent, user_code: userCode = '' } = visit.fields
  const typist = actorOf(visit)
  if (intent === 'submit_code') {
    const found = await deps.deviceAuthorizations.lookUp(userCode, typist)
    return found.ok ? confirm(visit, deps, found.value) : refuseCode(visit, found.failure)
  }
  if (intent === 'allow' || intent === 'refuse') {
    const answered = await deps.deviceAuthorizations.answer(userCode, typist, intent)
    return answered.ok ? showAnswered(visit, intent) : refuseCode(visit, answered.failure)
  }
  if (intent !== 'other_account') return { kind: 'refused', refusal: refuse('invalid_request') }
  await deps.sessions.end({ tenantId: deps.tenantId, userId: typist.user.id }, typist.session.id, 'logout', visit.requester)
  return redirectTo(`${deps.basePath}/login?return_to=${encodeURIComponent(withCode(deps, userCode))}`, [...deps.jar.cleared(), deps.jar.csrf(deps.csrf.issue(undefined))])
}

function withCode({ basePath }: PageDeps, userCode: string): string {
  return `${basePath}/device${userCode === '' ? '' : `?${new URLSearchParams({ user_code: userCode }).toString()}`}`
}

function askForCode({ frame }: Visit, userCode: string | undefined, error?: string): Page {
  return showPage(renderDeviceCode(frame, { userCode: userCode ?? '', error }), error === undefined ? 200 : 422)
}

async function confirm({ frame }: Visit, deps: PageDeps, { userCode, client, scopes }: DeviceAuthorization): Promise<Page> {
  const descriptions = await deps.clients.resources.describeScopes()
  const { provenance, clientId, name: clientName, isFirstParty } = client
  const about = { clientName, isFirstParty, isUnknown: provenance !== 'operator', address: provenance === 'document' ? clientId : undefined }
  return showPage(renderDeviceConfirmation(frame, { userCode, ...about, scopes: scopes.map((scope) => ({ scope, description: descriptions.get(scope) })) }))
}

function refuseCode(visit: Visit, failure: DeviceFailure): Page {
  switch (failure.code) {
    case 'unknown_code':
      return askForCode(visit, visit.fields['user_code'], visit.frame.say('device.code_unknown'))
    case 'rate_limited':
      return { kind: 'refused', refusal: refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds }) }
  }
}

function showAnswered({ frame }: Visit, answer: 'allow' | 'refuse'): Page {
  const isAllowed = answer === 'allow'
  return showPage(renderMessage(frame, { title: frame.say(isAllowed ? 'device.allowed' : 'device.refused'), text: frame.say('device.close'), tone: isAllowed ? 'success' : 'info' }))
}
