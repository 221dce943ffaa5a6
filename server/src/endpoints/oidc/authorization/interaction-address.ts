import type { Interaction, KoaContextWithOIDC } from 'oidc-provider'
import { screenFor } from './custom-screen.ts'
import { isSignedIn } from './prompts.ts'

type Asked = Pick<InstanceType<typeof Interaction>, 'uid' | 'prompt' | 'params' | 'returnTo'>

/** Where a person is asked and comes back from: the client's own screen, where it has one, or a page of ours. */
export function interactionAddress(ctx: KoaContextWithOIDC, asked: Asked, basePath: string): string {
  // Who is signed in stays who they are (prompts.ts): what they are asked for is to prove it again.
  const type = isSignedIn(ctx) ? 'reauth' : 'login'
  return screenFor(ctx, type, asked) ?? pageFor(type, asked, basePath)
}

function pageFor(type: 'reauth' | 'login', { uid, prompt, params, returnTo }: Asked, basePath: string): string {
  const { login_hint: hint, ui_locales: locales } = params
  const isConsent = prompt.name === 'consent'
  const query = new URLSearchParams(isConsent ? { request: uid } : { return_to: new URL(returnTo).pathname })
  if (typeof hint === 'string' && !isConsent && type === 'login') query.set('login_hint', hint)
  if (typeof locales === 'string') query.set('ui_locales', locales)
  return `${basePath}${isConsent ? '/consent' : type === 'reauth' ? '/reauthenticate' : '/login'}?${query.toString()}`
}
