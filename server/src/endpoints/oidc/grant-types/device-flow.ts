/** Device authorization (RFC 8628): the library issues the codes and redeems them; who types a code is answered by a page of ours. */
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import type { DeviceAuthorizations } from '../../../services/device-authorizations/index.ts'
import { DEVICE_POLL_INTERVAL_SECONDS } from '../../../services/device-authorizations/index.ts'

type LibraryFeature = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>

export const DEVICE_FLOW: LibraryFeature = {
  enabled: true,
  // RFC 8628 section 6.1: eight letters of twenty.
  charset: 'base-20',
  mask: '****-****',
  // What a person will be asked to agree to, noted when it is known (services/device-authorizations).
  deviceInfo: (ctx) => askedOf(ctx),
}

/** `claims`, `acr_values` and `max_age` are no parameters of RFC 8628: nothing comes of them. */
function askedOf({ oidc }: KoaContextWithOIDC) {
  const openid = [...oidc.requestParamOIDCScopes]
  const resources = Object.entries(oidc.resourceServers ?? {}).map(([uri, { scopes: of }]) => [uri, [...oidc.requestParamScopes].filter((scope) => of.has(scope))] as const)
  const scopes = [...new Set([...openid, ...resources.flatMap(([, names]) => names)])]
  // RFC 6749 section 3.3: a request without scope may be refused, and this one would ask a person for nothing.
  if (scopes.length === 0) throw new errors.InvalidScope('scope must name something that the client may have', '')
  return { scopes, openid: openid.join(' '), resources: Object.fromEntries(resources.filter(([, names]) => names.length > 0).map(([uri, names]) => [uri, names.join(' ')])) }
}

interface DeviceCode {
  readonly clientId: string
  readonly exp: number
  readonly accountId?: string
  readonly error?: string
}

/** What the library leaves out of the polls: that they come too soon, and our clock. */
export function pacePolls(provider: Provider, { deviceAuthorizations, now }: { deviceAuthorizations: Pick<DeviceAuthorizations, 'isPolledTooSoon'>; now: () => number }): void {
  const model = provider.DeviceCode as unknown as { find(value: string, options?: object): Promise<DeviceCode | undefined> }
  const find = model.find.bind(model)
  model.find = async (value, options) => {
    const code = await find(value, options)
    // Whoever is not the client that asked learns nothing of it: the library refuses them.
    const isOwn = code !== undefined && code.clientId === (provider.constructor as typeof Provider).ctx?.oidc.client?.clientId
    if (!isOwn) return code
    if (code.exp <= now() / 1_000) throw new errors.ExpiredToken('device code is expired')
    if (code.accountId === undefined && code.error === undefined && (await deviceAuthorizations.isPolledTooSoon(value))) throw new errors.SlowDown()
    return code
  }
}

/** Says how often to ask, which the library leaves to the default of RFC 8628 section 3.2. */
export function nameInterval(oidc: KoaContextWithOIDC['oidc'] | undefined, body: unknown): void {
  if (oidc?.route === 'device_authorization' && typeof body === 'object' && body !== null && 'device_code' in body) Object.assign(body, { interval: DEVICE_POLL_INTERVAL_SECONDS })
}
