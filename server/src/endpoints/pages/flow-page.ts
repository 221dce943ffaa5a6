import { parseEmail } from '../../domain/email.ts'
import { MESSAGE_CHANNELS } from '../../domain/message.ts'
import { parseUsername } from '../../domain/username.ts'
import type { FlowType, Screen } from '../../flow/index.ts'
import { refuse } from '../../http/error-codes.ts'
import type { FlowAnswer, FlowInput, FlowRefusal } from '../../services/flows/index.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { redirectTo, sessionCookies, showPage, withReturnTo } from './visit.ts'
import type { Banner } from './views/index.ts'
import { PROFILE_FIELD_PREFIX, renderMessage, renderRecoveryCodes, renderScreen } from './views/index.ts'

/** Where each flow begins and where it goes on once it has a state. */
const DOORS: Record<FlowType, { start: string; further: string }> = {
  login: { start: '/login', further: '/verify' },
  signup_login: { start: '/login', further: '/verify' },
  signup: { start: '/signup', further: '/verify' },
  promote: { start: '/promote', further: '/promote' },
  account_recovery: { start: '/reset_password', further: '/reset_password' },
  reauth: { start: '/reauthenticate', further: '/reauthenticate' },
}

const CHANNELS = ['email', ...MESSAGE_CHANNELS] as const

/** Selects a declared flow where one begins. */
export const FLOW_NAME = 'flow_name'
const withFlowName = (path: string, name: string) => (name === 'default' ? path : `${path}?${FLOW_NAME}=${name}`)

/** The inputs a submitted form stands for; undefined when its fields do not fit its button. */
export function inputsOf({ fields, binding }: Pick<Visit, 'fields' | 'binding'>): FlowInput[] | undefined {
  const { intent, identifier, email, password, new_password: newPassword, code, recovery_code: recoveryCode, passkey_ceremony: ceremony, passkey_credential: credential } = fields
  const identify: FlowInput[] = (identifier ?? email) === undefined ? [] : [{ input: 'identify', identifier: identifier ?? email ?? '' }]
  switch (intent) {
    case 'password':
      return password === undefined ? undefined : [...identify, { input: 'password', password }]
    case 'code':
      return [...identify, { input: 'choose', authentication: 'primary_oob_otp_email' }]
    case 'code_to_phone':
      return [...identify, { input: 'choose', authentication: 'primary_oob_otp_sms' }]
    case 'phone_code':
      return [{ input: 'choose', authentication: 'secondary_oob_otp_sms' }]
    case 'channel':
      return CHANNELS.flatMap((channel): FlowInput[] => (channel === fields['channel'] ? [{ input: 'channel', channel }] : []))
    case 'to_email':
    case 'to_phone':
      return [{ input: 'destination', destination: intent === 'to_email' ? 'email' : 'phone' }]
    case 'identify':
      return identify
    case 'signup':
      return newPassword === undefined ? undefined : [...identify, { input: 'new_password', password: newPassword }]
    case 'new_password':
      return newPassword === undefined ? undefined : [{ input: 'new_password', password: newPassword }]
    case 'totp':
      return code === undefined ? undefined : [{ input: 'totp', code: code.replace(/[\s-]/g, ''), trustsDevice: fields['trust_device'] === 'yes' }]
    case 'recovery_code':
      return recoveryCode === undefined ? undefined : [{ input: 'recovery_code', code: recoveryCode, trustsDevice: false }]
    case 'cancel_deletion':
      return [{ input: 'cancel_deletion' }]
    case 'submit_code':
      return code === undefined ? undefined : [{ input: 'code', code: code.replace(/[\s-]/g, ''), trustsDevice: fields['trust_device'] === 'yes' }]
    case 'email_code':
      return [{ input: 'choose', authentication: 'secondary_oob_otp_email' }]
    case 'other_factor':
      return otherFactor(fields['factor'])
    case 'create_passkey':
      return ceremony && credential ? [{ input: 'create_passkey', ceremony, credential }] : undefined
    case 'skip':
      return [{ input: 'skip' }]
    case 'passkey':
      return ceremony && credential ? [{ input: 'passkey', ceremony, credential, binding }] : undefined
    case 'profile':
      return [{ input: 'profile', typed: profileFields(fields) }]
    case 'recovery_codes_kept':
      return [{ input: 'recovery_codes_kept' }]
    case 'confirm_ending':
      return [{ input: 'confirm_ending' }]
    case 'check':
      return [{ input: 'check', trustsDevice: fields['trust_device'] === 'yes' }]
    case 'resend':
      return [{ input: 'resend', channel: MESSAGE_CHANNELS.find((one) => one === fields['channel']) }]
    case undefined:
    default:
      return undefined
  }
}

/** What a form says about attributes, by their names. */
function profileFields(fields: Visit['fields']): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, text]) => (name.startsWith(PROFILE_FIELD_PREFIX) ? [[name.slice(PROFILE_FIELD_PREFIX.length), text]] : [])))
}

/** Another of the account's factors; a code is sent for those that need one. */
function otherFactor(name: string | undefined): FlowInput[] | undefined {
  const authentication = (['secondary_totp', 'secondary_oob_otp_email', 'secondary_oob_otp_sms', 'secondary_passkey', 'recovery_code'] as const).find((one) => one === name)
  return authentication && [{ input: 'choose', authentication }]
}

/** Shows where a flow stands, at its own address, after a redirect. */
export async function showFlow(visit: Visit, deps: PageDeps, flow: FlowType): Promise<Page> {
  const stateToken = visit.query['flow'] ?? ''
  const answer = await deps.flows.look(stateToken, visit.binding)
  if (answer.kind !== 'screen' || answer.screen.flow !== flow) return refuseFlow(visit, deps, flow, 'invalid_state')
  const isFresh = visit.query['notice'] === 'code_sent_again'
  const banner: Banner | undefined = isFresh ? { tone: 'success', text: visit.frame.say(isLinkAwaited(answer.screen) ? 'link.sent_again' : 'flow.code_sent_again') } : undefined
  return showScreen(visit, deps, answer, stateToken, banner)
}

/** Begins a flow or continues the one whose state the form carries. */
export async function submitFlow(visit: Visit, deps: PageDeps, flow: FlowType): Promise<Page> {
  const { intent } = visit.fields
  if (intent === 'forgot_password' || intent === 'language') return showAgain(visit, deps, flow, intent === 'forgot_password' ? '' : (visit.fields['state'] ?? ''))
  const inputs = inputsOf(visit)
  if (!inputs) return { kind: 'refused', refusal: refuse('invalid_request') }
  const given = visit.fields['state'] ?? ''
  const begun = given === '' ? await startOf(visit, deps, flow) : undefined
  if (begun && begun.kind !== 'screen') return refuseFlow(visit, deps, flow, begun.kind === 'refused' ? begun.refusal : 'invalid_state')
  const answer = await deps.flows.submit(begun?.stateToken ?? given, visit.binding, inputs, visit.requester, visit)
  switch (answer.kind) {
    case 'refused':
      return refuseFlow(visit, deps, flow, answer.refusal, answer.retryAfterSeconds)
    case 'finished':
      return finish(visit, deps, answer)
    case 'screen': {
      const { failure } = answer.screen
      // A profile that could not be kept is asked again, wherever the person stood: its state says what was proven meanwhile.
      if (answer.screen.screen === 'fill_in_user_profile' && failure) return showScreen(visit, deps, answer, answer.stateToken)
      if (!failure) return redirectTo(furtherAddress(deps, answer, visit.fields['intent'] === 'resend'))
      // The form that was submitted is shown again, with the state it had: what failed changed nothing. A first form that names a person
      // and their password fails at a later screen, whose form would no longer say who it is about.
      return showScreen(visit, deps, begun ? { ...answer, screen: { ...begun.screen, failure } } : answer, given)
    }
  }
}

/** The form as it was typed, in another language or of another flow: nothing of it is acted upon. */
async function showAgain(visit: Visit, deps: PageDeps, flow: FlowType, stateToken: string): Promise<Page> {
  if (stateToken === '') return showStart(visit, deps, flow)
  const answer = await deps.flows.look(stateToken, visit.binding)
  return answer.kind === 'screen' ? showScreen(visit, deps, answer, stateToken) : refuseFlow(visit, deps, flow, 'invalid_state')
}

/** The screen a flow begins with, without a state: opening a page writes nothing. */
export async function showStart(visit: Visit, deps: PageDeps, flow: FlowType, banner?: Banner): Promise<Page> {
  const answer = await startOf(visit, deps, flow)
  if (answer.kind !== 'screen') return refuseFlow(visit, deps, flow, answer.kind === 'refused' ? answer.refusal : 'invalid_state')
  return showScreen(visit, deps, answer, '', banner)
}

export function startOf(visit: Visit, deps: PageDeps, flow: FlowType): Promise<FlowAnswer> {
  const { caller } = visit
  return deps.flows.start({
    type: flow,
    name: visit.query[FLOW_NAME] ?? 'default',
    tenantId: deps.tenantId,
    binding: visit.binding,
    returnTo: visit.returnTo,
    // Set by the script, where the browser has passkeys and the device an authenticator of its own.
    showsPasskeyPrompt: visit.fields['passkey_support'] === 'yes',
    awaitsLinks: true,
      showsRecoveryCodes: true,
    ...((flow === 'reauth' || flow === 'promote') && caller ? { session: { id: caller.session.id, userId: caller.user.id } } : {}),
  })
}

export function furtherAddress(deps: PageDeps, answer: Extract<FlowAnswer, { kind: 'screen' }>, isResend: boolean): string {
  const notice = isResend ? '&notice=code_sent_again' : ''
  return `${deps.basePath}${DOORS[answer.screen.flow].further}?flow=${encodeURIComponent(answer.stateToken)}${notice}`
}

export async function showScreen(visit: Visit, deps: PageDeps, answer: Extract<FlowAnswer, { kind: 'screen' }>, state: string, banner?: Banner): Promise<Page> {
  const { screen } = answer
  const door = DOORS[screen.flow]
  const status = screen.failure === null ? 200 : 422
  const passkeyOptions = await passkeyOptionsFor(visit, deps, screen)
  const eventsUrl = await eventsUrlFor(deps, screen, state)
  const html = renderScreen({ ...visit.frame, returnTo: answer.returnTo }, screen, {
    // Until there is a state, the address says which flow it is.
    action: `${deps.basePath}${state === '' ? withFlowName(door.start, answer.name) : door.further}`,
    state,
    identifier: visit.fields['identifier'] ?? visit.fields['email'] ?? expectedPerson(visit),
    typed: visit.fields,
    ...(banner ? { banner } : {}),
    ...(passkeyOptions ? { passkeyOptions } : {}),
    ...(eventsUrl ? { eventsUrl } : {}),
    isLinkMailed: (await deps.settings.policy()).login.emailCodeForm === 'link',
  })
  return showPage(html, status)
}

/**
 * Whom an application expects (OpenID Connect Core 1.0 section 3.1.2.1); the person may type another. Only what could be
 * somebody's name, address or number: a page of ours says nothing that a stranger wrote into a link.
 */
function expectedPerson({ query }: Visit): string {
  const hint = query['login_hint'] ?? ''
  return parseEmail(hint).ok || parseUsername(hint).ok || /^\+\d{6,15}$/.test(hint) ? hint : ''
}

const isLinkAwaited = (screen: Screen) => screen.screen === 'enter_one_time_code' && screen.form === 'link'

/** Where the script hears that the link was approved; not beside a failure, which a new try would only repeat. */
async function eventsUrlFor(deps: PageDeps, screen: Screen, state: string): Promise<string | undefined> {
  if (screen.screen !== 'enter_one_time_code' || screen.form === 'code' || screen.failure) return undefined
  const channel = await deps.flows.links.channelOf(state)
  return channel && `${deps.basePath}/api/v1/authentication_flows/events?channel=${encodeURIComponent(channel)}`
}

/** Below the JSON API. Who is signed in is only offered what they have; before that nobody is known. */
async function passkeyOptionsFor(visit: Visit, deps: PageDeps, screen: Screen): Promise<string | undefined> {
  if (screen.screen === 'authenticate_second_factor') return screen.authentications.includes('secondary_passkey') ? '/second-factor/passkey/options' : undefined
  if ((screen.screen !== 'identify' && screen.screen !== 'authenticate') || !screen.authentications.includes('primary_passkey')) return undefined
  if (screen.flow !== 'reauth') return '/login/passkey/options'
  const isOwner = visit.caller && (await deps.passkeys.list(actorOf(visit))).length > 0
  return isOwner ? '/reauthenticate/passkey/options' : undefined
}

export async function finish(visit: Visit, deps: PageDeps, answer: Extract<FlowAnswer, { kind: 'finished' }>): Promise<Page> {
  switch (answer.flow) {
    case 'account_recovery':
      // Not signed in by a reset: whoever reads the mail still has to know the password they chose.
      return redirectTo(`${deps.basePath}/login?notice=password_changed&return_to=${encodeURIComponent(answer.returnTo)}`)
    case 'reauth': {
      const refreshed = visit.refreshToken === undefined ? undefined : await deps.sessions.refresh(visit.refreshToken, visit.requester)
      return goOn(visit, answer, refreshed?.ok ? sessionCookies(deps, refreshed.value) : [])
    }
    case 'login':
    case 'signup_login':
    case 'promote':
    case 'signup': {
      if (!answer.tokens) throw new Error('the flow finished without a session')
      // The browser's earlier session is replaced, not left behind alive.
      if (visit.refreshToken !== undefined) await deps.sessions.endByRefreshToken(visit.refreshToken, visit.requester)
      const { deviceTrust } = answer
      const device = deviceTrust ? [deps.jar.device(deviceTrust.secret, deviceTrust.expiresAt, deps.clock.now())] : []
      const { knownDevice } = answer
      const known = knownDevice ? [deps.jar.known(knownDevice.secret, knownDevice.expiresAt, deps.clock.now())] : []
      return goOn(visit, answer, [...sessionCookies(deps, answer.tokens), ...device, ...known])
    }
  }
}

/** Back to where the person came from; by way of recovery codes that the flow could not show before its finish. */
function goOn(visit: Visit, answer: Extract<FlowAnswer, { kind: 'finished' }>, cookies: readonly string[]): Page {
  if (!answer.recoveryCodes) return redirectTo(answer.returnTo, cookies)
  return showPage(renderRecoveryCodes(visit.frame, { codes: answer.recoveryCodes, continueTo: answer.returnTo }), 200, cookies)
}

export function refuseFlow(visit: Visit, deps: PageDeps, flow: FlowType, refusal: FlowRefusal, retryAfterSeconds?: number): Page {
  const startAgain = { href: withReturnTo(deps, DOORS[flow].start, visit.returnTo), label: visit.frame.say('flow.start_again') }
  const signIn = { href: withReturnTo(deps, '/login', visit.returnTo), label: visit.frame.say('done.sign_in') }
  const message = (status: number, title: string, text: string, action = startAgain): Page => ({
    ...showPage(renderMessage(visit.frame, { title, text, tone: 'error', action }), status),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
  switch (refusal) {
    case 'invalid_state':
    case 'unexpected_input':
      return message(400, visit.frame.say('flow.expired.title'), visit.frame.say('flow.expired.text'))
    case 'passkey_required':
      return message(403, visit.frame.say('flow.passkey_required.title'), visit.frame.say('flow.passkey_required.text'), signIn)
    case 'password_required':
      return message(403, visit.frame.say('flow.password_required.title'), visit.frame.say('flow.password_required.text'), signIn)
    case 'factor_not_offered':
      return message(403, visit.frame.say('flow.factor_not_offered.title'), visit.frame.say('flow.factor_not_offered.text'), signIn)
    case 'unknown_flow':
      return { kind: 'refused', refusal: refuse('not_found') }
    case 'account_disabled':
      return message(403, visit.frame.say('error.403.title'), visit.frame.say('flow.account_disabled'), signIn)
    case 'signup_closed':
      return message(403, visit.frame.say('flow.signup_closed.title'), visit.frame.say('flow.signup_closed.text'), signIn)
    case 'invalid_invitation':
      return message(409, visit.frame.say('flow.invalid_invitation.title'), visit.frame.say('failure.invalid_invitation'), signIn)
    case 'too_many_sessions':
      return message(409, visit.frame.say('flow.too_many_sessions.title'), visit.frame.say('flow.too_many_sessions.text'), signIn)
    case 'identifier_taken':
      return message(409, visit.frame.say('flow.expired.title'), visit.frame.say('problem.email_unusable'), signIn)
    case 'country_not_allowed':
      return message(403, visit.frame.say('flow.country_not_allowed.title'), visit.frame.say('flow.country_not_allowed.text'))
    case 'rate_limited':
      return message(429, visit.frame.say('error.429.title'), visit.frame.say('error.429.text'))
  }
}
