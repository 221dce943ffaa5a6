/**
 * Owns: the pages people see: reading forms, choosing between page and redirect, cookies. Does not own: what they do
 * (services), how they look (views/). Every page works without scripts.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { APPLICATION_SETTINGS_PAGES } from './application-settings.ts'
import { loadAssets, mountAssets } from './assets.ts'
import { CONSENT_PAGES } from './consent.ts'
import { DELETE_ACCOUNT_PAGES } from './delete-account.ts'
import { DETAILS_SETTINGS_PAGES } from './details-settings.ts'
import { DEVICE_PAGES } from './device.ts'
import { EMAIL_SETTINGS_PAGES } from './email-settings.ts'
import { EXPORT_PAGES } from './export-page.ts'
import { mountBrandAssets } from './branding/brand-assets.ts'
import { lookOf } from './branding/look.ts'
import { FIRST_ADMIN_PAGES } from './first-admin.ts'
import { renderFormPostPage } from './form-post-page.ts'
import { LOGIN_LINK_PAGES } from './login-link.ts'
import { MAILBOX_PAGES, mountMailHtml } from './mailbox.ts'
import { mountPage } from './mount-page.ts'
import { mountSampleMails, PREVIEW_PAGES } from './preview/preview-pages.ts'
import { PASSKEY_SETTINGS_PAGES } from './passkey-settings.ts'
import { mountPictures, PICTURE_PAGES } from './picture-pages.ts'
import { renderRefusal } from './refusal-page.ts'
import { PROMOTE_PAGES } from './promote.ts'
import { SECOND_FACTOR_PAGES } from './second-factor-settings.ts'
import { PHONE_SETTINGS_PAGES } from './phone-settings.ts'
import { SETTINGS_PAGES } from './settings.ts'
import { SIGN_IN_PAGES } from './sign-in.ts'
import { renderSigningOutPage, SIGN_OUT_PAGES } from './sign-out.ts'
import type { SigningOutModel } from './views/index.ts'
import type { PageDeps } from './visit.ts'

/** Pages that other doors show, in the look and language of the request. */
export interface PagesForOthers {
  renderRefusal(request: FastifyRequest, status: number, problem?: string): Promise<string>
  renderFormPost(request: FastifyRequest, to: { action: string; fields: Readonly<Record<string, string>> }): Promise<string>
  /** The policy of the answer has to let the frames in. */
  renderSigningOut(request: FastifyRequest, model: SigningOutModel): Promise<string>
}

export function mountPages(listener: FastifyInstance, given: Omit<PageDeps, 'assets'>): PagesForOthers {
  const assets = loadAssets(given.basePath)
  const deps: PageDeps = { ...given, assets: assets.urls }
  mountAssets(listener, assets)
  const pages = [...SIGN_IN_PAGES, ...PROMOTE_PAGES, ...LOGIN_LINK_PAGES, ...SIGN_OUT_PAGES, ...CONSENT_PAGES, ...DEVICE_PAGES, ...APPLICATION_SETTINGS_PAGES, ...SETTINGS_PAGES, ...SECOND_FACTOR_PAGES, ...PASSKEY_SETTINGS_PAGES, ...EMAIL_SETTINGS_PAGES, ...PHONE_SETTINGS_PAGES, ...DETAILS_SETTINGS_PAGES, ...DELETE_ACCOUNT_PAGES, ...EXPORT_PAGES, ...PICTURE_PAGES, ...FIRST_ADMIN_PAGES, ...(deps.hasMailbox ? [...MAILBOX_PAGES, ...PREVIEW_PAGES] : [])]
  mountBrandAssets(listener, deps)
  for (const page of pages) mountPage(listener, deps, page)
  mountPictures(listener, deps)
  if (deps.hasMailbox) mountMailHtml(listener, deps)
  if (deps.hasMailbox) mountSampleMails(listener, deps)
  return {
    renderRefusal: async (request, status, problem) => renderRefusal(deps, await lookOf(request, deps, status), request.id, status, problem),
    renderFormPost: async (request, to) => renderFormPostPage(deps, await lookOf(request, deps), to),
    renderSigningOut: async (request, model) => renderSigningOutPage(deps, await lookOf(request, deps), model),
  }
}
