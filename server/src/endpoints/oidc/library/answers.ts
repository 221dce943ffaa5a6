import type { KoaContextWithOIDC } from 'oidc-provider'
import { unitOfWork } from './unit-of-work.ts'

/** An error that no application can be told of: a page of ours, with the protocol's words for its developer. */
export async function answerWithErrorPage(ctx: KoaContextWithOIDC, out: { error: string; error_description?: string | undefined }): Promise<void> {
  const problem = out.error_description === undefined ? out.error : `${out.error}: ${out.error_description}`
  ctx.type = 'html'
  ctx.body = await unitOfWork().pages.renderError(ctx.status, problem)
}

/**
 * OAuth 2.0 Form Post Response Mode. The form leaves this server, which no other page of ours may: the content security
 * policy names where it goes to. Nothing on the page is inline, so that its script stays ours.
 */
export async function answerByForm(ctx: KoaContextWithOIDC, action: string, answer: Readonly<Record<string, unknown>>): Promise<void> {
  const fields = Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, String(value)]))
  ctx.status = 200
  ctx.type = 'html'
  ctx.set('content-security-policy', ctx.response.get('content-security-policy').replace("form-action 'self'", `form-action ${sourceOf(action)}`))
  ctx.body = await unitOfWork().pages.renderFormPost({ action, fields })
}

/** The same with the answer in a JWT (JARM section 2.3.3). */
export async function answerBySignedForm(ctx: KoaContextWithOIDC, action: string, answer: Readonly<Record<string, unknown>>): Promise<void> {
  const { IdToken } = ctx.oidc.provider as unknown as { IdToken: new (claims: object, about: object) => { extra: object; issue(options: { use: 'authorization' }): Promise<string> } }
  const token = new IdToken({}, { ctx })
  token.extra = { ...answer }
  await answerByForm(ctx, action, { response: await token.issue({ use: 'authorization' }) })
}

/** As a source expression of CSP Level 3: an origin, or the scheme of an application that has none. */
function sourceOf(address: string): string {
  const { origin, protocol } = new URL(address)
  return origin === 'null' ? protocol : origin
}
