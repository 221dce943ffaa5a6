import { readFileSync } from 'node:fs'
import type { Branding } from '../../../domain/branding/index.ts'
import type { Wording } from '../../../languages/index.ts'
import { overrideWording } from '../../../languages/index.ts'
import { loadAssets } from '../assets.ts'
import { brandOf, styleOf } from '../branding/brand-of.ts'
import type { Frame } from '../views/index.ts'

/** Beside each page, as a browser finds them from a disk. */
const HERE = '.'

/** What pages without a server need: a frame whose files lie beside the page, the branding's style sheet, and the icons. */
export function previewFrame(branding: Branding, wording: Wording): { frame: Frame; styleSheet: string; sprite: string } {
  const assets = { ...loadAssets(HERE).urls, sprite: '' }
  const frame: Frame = { ...overrideWording(wording, branding), ...brandOf(branding, { basePath: HERE, assets }), basePath: '/auth', csrfToken: '', returnTo: '/' }
  return { frame, styleSheet: styleOf(branding).css, sprite: readFileSync(new URL('../assets/sprite.svg', import.meta.url), 'utf8') }
}

/** The files that never change, by their path beside a page. */
export function staticFiles(): { path: string; type: string; body: Buffer }[] {
  return loadAssets(HERE).all.map(({ url, type, body }) => ({ path: url.slice(HERE.length + 1), type, body }))
}
