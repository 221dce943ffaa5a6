import type { Look } from './branding/look.ts'
import type { FormPostModel } from './views/index.ts'
import { renderFormPost } from './views/index.ts'
import type { PageDeps } from './visit.ts'
import { frameOf } from './visit.ts'

/** The page that carries a provider's answer to an application. */
export function renderFormPostPage(deps: PageDeps, look: Look, to: Pick<FormPostModel, 'action' | 'fields'>): string {
  return renderFormPost(frameOf(deps, { csrfToken: '', returnTo: deps.defaultReturnTo, look }), { ...to, submitsItself: true })
}
