import { accountName } from '../../domain/account-name.ts'
import type { FastifyRequest } from 'fastify'
import type { Requester } from '../../domain/requester.ts'
import type { TenantId } from '../../domain/ids.ts'
import type { CookieJar } from '../../http/cookies.ts'
import type { Csrf } from '../../http/csrf.ts'
import type { Refusal } from '../../http/error-codes.ts'
import { returnPath } from '../../http/local-path.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Accounts } from '../../services/accounts/index.ts'
import type { Phones } from '../../services/phones/index.ts'
import type { Applications } from '../../services/applications/index.ts'
import type { Frontchannel } from '../../services/client-logouts/index.ts'
import type { Clients } from '../../services/clients/index.ts'
import type { Grants } from '../../services/grants/index.ts'
import type { Admins } from '../../services/admins/index.ts'
import type { DeviceAuthorizations } from '../../services/device-authorizations/index.ts'
import type { Deletions } from '../../services/deletions/index.ts'
import type { Exports } from '../../services/exports/index.ts'
import type { Flows } from '../../services/flows/index.ts'
import type { Outbox } from '../../services/outbox/index.ts'
import type { Pictures } from '../../services/pictures/index.ts'
import type { Profiles } from '../../services/profiles/index.ts'
import type { SecondFactors } from '../../services/second-factors/index.ts'
import type { Passkeys } from '../../services/passkeys/index.ts'
import type { IssuedTokens, Sessions, SignedIn } from '../../services/sessions/index.ts'
import type { Settings } from '../../services/settings/index.ts'
import type { Look } from './branding/look.ts'
import { brandOf } from './branding/brand-of.ts'
import { OWN_DOORS } from './own-doors.ts'
import type { Frame } from './views/index.ts'

export interface PageDeps {
  readonly tenantId: TenantId
  readonly ownOrigin: string
  readonly basePath: string
  readonly defaultReturnTo: string
  readonly settings: Settings
  readonly mailFrom: string
  readonly flows: Flows
  readonly sessions: Sessions
  readonly accounts: Accounts
  readonly phones: Phones
  readonly deletions: Deletions
  readonly exports: Exports
  readonly pictures: Pictures
  readonly profiles: Profiles
  readonly secondFactors: SecondFactors
  readonly passkeys: Passkeys
  readonly admins: Admins
  readonly applications: Applications
  readonly deviceAuthorizations: DeviceAuthorizations
  readonly clients: Pick<Clients, 'find' | 'resources'>
  readonly grants: Pick<Grants, 'pendingRequest' | 'answerRequest'>
  readonly frontchannel: Frontchannel
  readonly outbox: Outbox
  readonly jar: CookieJar
  readonly csrf: Csrf
  readonly clock: Clock
  /** Every mail with made-up data, in this look. */
  readonly sampleMails: (look: Look) => Promise<readonly { readonly id: string; readonly html: string }[]>
  /** Development only: shows what was sent, and what pages and mails look like. */
  readonly hasMailbox: boolean
  readonly assets: Frame['assets']
}

/** One request to a page, read: who, from where, with what. */
export interface Visit {
  readonly request: FastifyRequest
  readonly requester: Requester
  readonly query: Readonly<Record<string, string>>
  /** Form fields; empty on GET. */
  readonly fields: Readonly<Record<string, string>>
  /** Of a form that takes one. */
  readonly file?: Buffer | undefined
  readonly caller: SignedIn | undefined
  readonly refreshToken: string | undefined
  /** What this browser's cookie holds of being trusted. */
  readonly deviceSecret: string | undefined
  /** What this browser's cookie holds of the accounts that it is known by. */
  readonly knownSecret: string | undefined
  readonly csrfToken: string
  /** Ties flows to this browser. */
  readonly binding: string
  readonly returnTo: string
  readonly frame: Frame
}

export type Page =
  | {
      readonly kind: 'html'
      readonly status: number
      readonly html: string
      readonly cookies?: readonly string[]
      readonly retryAfterSeconds?: number
      /** Shows another page of this server in a frame, which the content security policy otherwise forbids. */
      readonly hasFrame?: boolean
      /** Addresses at applications that the page shows in frames. */
      readonly frames?: readonly string[]
    }
  | { readonly kind: 'redirect'; readonly to: string; readonly cookies?: readonly string[] }
  /** To be kept as a file. */
  | { readonly kind: 'file'; readonly content: AsyncIterable<string>; readonly mediaType: string; readonly fileName: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

export function showPage(html: string, status = 200, cookies: readonly string[] = []): Extract<Page, { kind: 'html' }> {
  return { kind: 'html', status, html, cookies }
}

export function redirectTo(to: string, cookies: readonly string[] = []): Page {
  return { kind: 'redirect', to, cookies }
}

/** The cookies of a new or renewed session, CSRF token included. */
export function sessionCookies({ jar, csrf, clock }: PageDeps, tokens: IssuedTokens): string[] {
  return [...jar.session(tokens, clock.now()), jar.csrf(csrf.issue(tokens.session.id))]
}

/** An anonymous account has nothing to be called by. */
function signedInAs(caller: SignedIn | undefined): Pick<Frame, 'signedInAs' | 'isAnonymous'> {
  if (caller?.user.isAnonymous) return { isAnonymous: true }
  const name = caller && (caller.user.displayName ?? accountName(caller.user))
  return name ? { signedInAs: name } : {}
}

export function frameOf(deps: PageDeps, visit: { csrfToken: string; returnTo: string; look: Look; caller?: SignedIn | undefined; here?: Frame['here'] }): Frame {
  return {
    ...visit.look.wording,
    ...brandOf(visit.look.branding, deps),
    basePath: deps.basePath,
    csrfToken: visit.csrfToken,
    returnTo: visit.returnTo,
    ...(visit.here ? { here: visit.here } : {}),
    ...signedInAs(visit.caller),
  }
}

export function returnToOf(deps: PageDeps, given: string | undefined): string {
  return returnPath(given, { refusedPaths: OWN_DOORS.map((door) => `${deps.basePath}${door}`), fallback: deps.defaultReturnTo })
}

/** Sends the person to prove again who they are, and from there to this page of ours. */
export function reauthenticate(deps: PageDeps, path: string): Page {
  return redirectTo(`${deps.basePath}/reauthenticate?return_to=${encodeURIComponent(`${deps.basePath}${path}`)}`)
}

/** A link to one of our pages that keeps where the person will return to. */
export function withReturnTo(deps: PageDeps, path: string, returnTo: string): string {
  return returnTo === deps.defaultReturnTo ? `${deps.basePath}${path}` : `${deps.basePath}${path}?return_to=${encodeURIComponent(returnTo)}`
}
