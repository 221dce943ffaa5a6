import type { KoaContextWithOIDC } from 'oidc-provider'
import { errors, interactionPolicy } from 'oidc-provider'
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
  // Whoever is signed in is who they are: where that does not do, the application hears it, and nobody is sent in a circle.
  for (const reason of ['id_token_hint', 'claims_id_token_sub_value']) {
    refuseInstead(login.checks.get(reason)!, ({ oidc }) => oidc.session?.accountId !== undefined, () => new errors.LoginRequired('somebody else is signed in'))
  }
  for (const reason of ['essential_acr', 'essential_acrs']) {
    refuseInstead(login.checks.get(reason)!, isProvenSinceAsked, () => new errors.UnmetAuthenticationRequirements('the requested acr could not be obtained'))
  }
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

function refuseInstead(check: InstanceType<typeof Check>, isFinal: (ctx: Context) => boolean, refusal: () => Error): void {
  const asks = check.check
  check.check = async (ctx) => {
    const isAsked = await asks(ctx)
    if (isAsked && isFinal(ctx)) throw refusal()
    return isAsked
  }
}

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
