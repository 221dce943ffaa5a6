/** What the grants have in common by which a client acts for somebody who is not there (RFC 8693, RFC 7523 section 2.1). */
import type { AccessToken, Client, ClientCredentials, ResourceServerInstance, TokenEndpointGrantContext } from 'oidc-provider'
import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import { checkDpopReplay, checkDpopRequired, checkMtlsCert, resolveRequestedResources, validateDpop } from 'oidc-provider/lib/helpers/grants.js'
import type { ClientMetadata } from '../../../services/clients/index.ts'

/** However long the client's own tokens live: what is had without the person there is short. */
export const ON_BEHALF_MAX_TTL_SECONDS = 10 * 60

type OnBehalf = Pick<ClientMetadata, 'token_exchange_audiences' | 'token_exchange_subjects' | 'token_exchange_mode' | 'trusted_issuers'>

/** What the client is registered to do for others. */
export function onBehalfOf(client: Client): OnBehalf {
  return client['gatepost_on_behalf'] as OnBehalf
}

/** The one resource that is asked for, as the client may have it. `named`: identifiers in the request, or what stands for them. */
export async function targetOf(provider: Provider, ctx: TokenEndpointGrantContext, named: readonly string[]): Promise<ResourceServerInstance> {
  if (named.length !== 1) throw new errors.InvalidTarget('one resource must be named')
  Object.assign(ctx.oidc.params, { resource: named[0] })
  const [server] = await resolveRequestedResources(provider, ctx)
  if (!server) throw new errors.InvalidTarget()
  return server
}

/** A parameter that may be given several times. */
export function listOf(value: unknown): string[] {
  return [value].flat().filter((one): one is string => typeof one === 'string' && one !== '')
}

/** What was asked for, all of it allowed; without asking, all that is allowed. It is never nothing. */
export function narrowScope(asked: unknown, allowed: (scope: string) => boolean, server: ResourceServerInstance): string {
  const wanted = typeof asked === 'string' && asked !== '' ? asked.split(' ') : [...server.scopes].filter(allowed)
  const refused = wanted.find((scope) => !server.scopes.has(scope) || !allowed(scope))
  if (refused !== undefined || wanted.length === 0) throw new errors.InvalidScope('the scope must be within what may be given for the resource', refused ?? '')
  return wanted.join(' ')
}

/**
 * Sees which key the client shows, where it shows one or has to, before anything is spent: what is refused here may be
 * asked for again. What it gives binds the token to that key, and spends the proof.
 */
export async function seeSender(provider: Provider, ctx: TokenEndpointGrantContext): Promise<(token: AccessToken | ClientCredentials) => Promise<void>> {
  const proof = await validateDpop(provider, ctx)
  checkDpopRequired(provider, ctx, proof)
  const certificate = checkMtlsCert(provider, ctx)
  return async (token) => {
    if (certificate) token.setThumbprint('x5t', certificate)
    if (!proof) return
    await checkDpopReplay(provider, ctx, proof, ctx.oidc.client.clientId)
    token.setThumbprint('jkt', proof.thumbprint)
  }
}
