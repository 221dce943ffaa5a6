import type { KoaContextWithOIDC } from 'oidc-provider'
import { errors, interactionPolicy } from 'oidc-provider'
import type { SecondFactors } from '../../../services/second-factors/index.ts'
import { ACR_VALUES } from '../../../services/sessions/index.ts'
import { askedScopes } from './asked-scopes.ts'
import { unitOfWork } from '../library/unit-of-work.ts'

const { Check, base } = interactionPolicy

/** Ascending: who is at one of them is at those before it. */
const LEVELS: readonly string[] = ACR_VALUES

/**
 * When somebody has to be asked something: to sign in, to prove again who they are, to agree. What the library asks by
 * itself, but that proving again is seen by when it happened, and that nobody is asked to agree to their own applications.
 */
export function createPromptPolicy({ now, secondFactors }: { now: () => number; secondFactors: Pick<SecondFactors, 'canProveMore'> }): ReturnType<typeof base> {
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
    refuseInstead(login.checks.get(reason)!, isSignedIn, () => new errors.LoginRequired('somebody else is signed in'))
  }
  const isExhausted = async (ctx: Context) => isSignedIn(ctx) && (isProvenAgain(ctx) || !(await canProveMore()))
  const canProveMore = async () => {
    const { caller } = unitOfWork()
    return caller !== undefined && secondFactors.canProveMore(caller.user)
  }
  for (const reason of ['essential_acr', 'essential_acrs']) {
    const check = login.checks.get(reason)!
    const asks = check.check
    check.check = async (ctx) => (await asks(ctx)) && !isReached(ctx)
    refuseInstead(check, isExhausted, () => new errors.UnmetAuthenticationRequirements('the requested acr could not be obtained'))
  }
  // OpenID Connect Core 1.0 section 5.5.1.1, RFC 9470 section 5: who can prove more is asked to; who cannot goes on, and the token says as what.
  login.checks.add(
    new Check('acr_values', 'a stronger proof was asked for', 'login_required', async (ctx) => {
      const isWished = isSignedIn(ctx) && !ctx.oidc.prompts.has('none') && !isReached(ctx)
      return isWished && !(await isExhausted(ctx))
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

/** Whether somebody is, in the browser that asks: then the policy never asks for anybody else. */
export function isSignedIn({ oidc }: Context): boolean {
  return oidc.session?.accountId !== undefined
}

function refuseInstead(check: InstanceType<typeof Check>, isFinal: (ctx: Context) => boolean | Promise<boolean>, refusal: () => Error): void {
  const asks = check.check
  check.check = async (ctx) => {
    const isAsked = await asks(ctx)
    if (isAsked && (await isFinal(ctx))) throw refusal()
    return isAsked
  }
}

function isOlderThan({ oidc }: Context, seconds: number, now: number): boolean {
  const provenAt = oidc.session?.loginTs
  return provenAt === undefined || now / 1_000 - provenAt > seconds
}

/** Whether the session is at one of the levels that `acr_values` or the claim `acr` ask for, or above; true where none of ours is asked for. */
function isReached({ oidc }: Context): boolean {
  const { value, values } = (oidc.claims?.id_token?.acr ?? {}) as { value?: unknown; values?: unknown }
  const asked = [value, ...(Array.isArray(values) ? (values as unknown[]) : [])].map((one) => LEVELS.indexOf(String(one))).filter((level) => level >= 0)
  const level = LEVELS.indexOf(String(oidc.session?.acr))
  return asked.length === 0 ? !isEssential(oidc) : asked.some((one) => level >= one)
}

function isEssential({ claims }: Context['oidc']): boolean {
  return (claims?.id_token?.acr as { essential?: unknown } | null | undefined)?.essential === true
}

/** The same where they were signed in when they were asked: a sign-in may have been spared what a proof anew is not (a trusted device). */
function isProvenAgain(ctx: Context): boolean {
  const reasons = ctx.oidc.entities.Interaction?.prompt.reasons ?? []
  return isProvenSinceAsked(ctx) && !reasons.includes('no_session')
}

/** Once the person comes back from our pages: whether they proved who they are after the request arrived. */
function isProvenSinceAsked({ oidc }: Context): boolean {
  const asked = oidc.entities.Interaction
  const provenAt = oidc.session?.loginTs
  return asked !== undefined && provenAt !== undefined && provenAt >= asked.iat
}
