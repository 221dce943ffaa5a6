import type { ConsentAnswer } from '../../services/grants/index.ts'
import { refuse } from '../../http/error-codes.ts'
import type { PageRoute } from './mount-page.ts'
import { renderConsent, renderMessage } from './views/index.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { redirectTo, showPage } from './visit.ts'

const ANSWERS: readonly ConsentAnswer[] = ['allow', 'refuse', 'other_account']

/** Where the provider asks, with the id of its interaction as `request`; it waits for the answer at the address it gave. */
export const CONSENT_PAGES: readonly PageRoute[] = [
  { method: 'GET', path: '/consent', access: 'user', handle: askForConsent },
  { method: 'POST', path: '/consent', access: 'user', handle: answerRequest },
]

async function askForConsent(visit: Visit, deps: PageDeps): Promise<Page> {
  const uid = visit.query['request'] ?? ''
  const pending = await deps.grants.pendingRequest(uid, askedPerson(visit, deps))
  const client = pending && (await deps.clients.find(pending.clientId))
  if (!pending || !client) return showOver(visit)
  const { scopes, newScopes, redirectUri } = pending
  const descriptions = await deps.clients.resources.describeScopes()
  const { client_uri: website, policy_uri: privacy, tos_uri: terms } = client.metadata
  const html = renderConsent(visit.frame, {
    request: uid,
    clientName: client.name,
    scopes: scopes.map((scope) => ({ scope, isNew: newScopes.has(scope), description: descriptions.get(scope) })),
    host: hostOf(redirectUri),
    isUnknown: client.provenance !== 'operator',
    address: client.provenance === 'document' ? client.clientId : undefined,
    website: overHttps(website),
    privacy: overHttps(privacy),
    terms: overHttps(terms),
  })
  return showPage(html)
}

async function answerRequest(visit: Visit, deps: PageDeps): Promise<Page> {
  const { request: uid = '', intent } = visit.fields
  const answer = ANSWERS.find((one) => one === intent)
  if (!answer) return { kind: 'refused', refusal: refuse('invalid_request') }
  const person = askedPerson(visit, deps)
  const answered = await deps.grants.answerRequest(uid, person, answer)
  if (!answered.ok) return showOver(visit)
  const { resumePath } = answered.value
  if (answer !== 'other_account') return redirectTo(resumePath)
  await deps.sessions.end(person, person.sessionId, 'logout', visit.requester)
  return redirectTo(`${deps.basePath}/login?return_to=${encodeURIComponent(resumePath)}`, [...deps.jar.cleared(), deps.jar.csrf(deps.csrf.issue(undefined))])
}

const askedPerson = ({ caller }: Visit, { tenantId }: PageDeps) => ({ tenantId, userId: caller!.user.id, sessionId: caller!.session.id })

/** One answer for whatever is wrong with a request, so that it tells nothing. */
function showOver({ frame }: Visit): Page {
  return showPage(renderMessage(frame, { title: frame.say('consent.over.title'), text: frame.say('consent.over.text'), tone: 'error' }), 410)
}

/** Undefined for what stays on the device: a loopback address, or a scheme of a native application (RFC 8252 section 7). */
function hostOf(redirectUri: string): string | undefined {
  const { protocol, host, hostname } = new URL(redirectUri)
  const isOnDevice = !/^https?:$/.test(protocol) || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
  return isOnDevice ? undefined : host
}

function overHttps(uri: string | undefined): string | undefined {
  return uri?.startsWith('https://') ? uri : undefined
}
