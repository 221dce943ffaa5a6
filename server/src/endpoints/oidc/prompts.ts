import type { KoaContextWithOIDC } from 'oidc-provider'
import { interactionPolicy } from 'oidc-provider'
import { askedScopes } from './asked-scopes.ts'

const { Check, base } = interactionPolicy

/**
 * When somebody has to be asked something: to sign in, to prove again who they are, to agree. What the library asks by
 * itself, but that proving again is seen by when it happened, and that nobody is asked to agree to their own applications.
 */
export function createPromptPolicy(now: () => number): ReturnType<typeof base> {
  const policy = base()
  const login = policy.get('login')!
  // The library's own knows a login by the result of an interaction; ours by the session.
  login.checks.remove('login_prompt')
  login.checks.remove('max_age')
  login.checks.add(new Check('login_prompt', 'prompt=login was asked for', 'login_required', (ctx) => ctx.oidc.prompts.has('login') && !isProvenSinceAsked(ctx)))
  login.checks.add(
    new Check('max_age', 'signing in was too long ago', 'login_required', (ctx) => {
      const { max_age: maxAge } = ctx.oidc.params ?? {}
      return maxAge !== undefined && isOlderThan(ctx, Number(maxAge), now()) && !isProvenSinceAsked(ctx)
    }),
  )
  const consent = policy.get('consent')!
  const isAskedFor = consent.checks.get('consent_prompt')!
  const asks = isAskedFor.check
  isAskedFor.check = (ctx) => ctx.oidc.client?.['gatepost_is_first_party'] !== true && asks(ctx)
  consent.checks.remove('native_client_prompt')
  // What our page shows, and what the answer to it is about (services/grants).
  consent.details = async (ctx) => ({ asked_scopes: askedScopes(ctx.oidc) })
  return policy
}

type Context = KoaContextWithOIDC

function isOlderThan({ oidc }: Context, seconds: number, now: number): boolean {
  const provenAt = oidc.session?.loginTs
  return provenAt === undefined || now / 1_000 - provenAt > seconds
}

/** Once the person comes back from our pages: whether they proved who they are after the request arrived. */
function isProvenSinceAsked({ oidc }: Context): boolean {
  const asked = oidc.entities.Interaction
  const provenAt = oidc.session?.loginTs
  return asked !== undefined && provenAt !== undefined && provenAt >= asked.iat
}
