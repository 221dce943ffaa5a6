import type { Branding } from '../../../domain/branding/index.ts'
import { brandImagePath } from '../../../domain/branding/index.ts'
import { sha256 } from '../../../platform/digest.ts'
import type { Frame } from '../views/index.ts'
import { writeStyleSheet } from './style-sheet.ts'

export interface BrandStyle {
  readonly css: string
  /** Of its content; its address holds it, so that browsers may keep it for ever. */
  readonly digest: string
}

const styles = new WeakMap<Branding, BrandStyle>()

/** Written once for each branding that is in force. */
export function styleOf(branding: Branding): BrandStyle {
  const known = styles.get(branding)
  if (known) return known
  const css = writeStyleSheet(branding)
  const style = { css, digest: sha256(css).slice(0, 16) }
  styles.set(branding, style)
  return style
}

/** What a page shows of a tenant's branding, and where it is found. */
export function brandOf(branding: Branding, { basePath, assets }: Pick<Frame, 'basePath' | 'assets'>): Pick<Frame, 'brandName' | 'logo' | 'links' | 'assets'> {
  const { css, digest } = styleOf(branding)
  const { light = branding.logo.dark, dark } = branding.logo
  const addressOf = (image: Parameters<typeof brandImagePath>[0]) => `${basePath}${brandImagePath(image)}`
  return {
    brandName: branding.name,
    links: branding.links,
    ...(light && { logo: { light: addressOf(light), ...(dark && dark !== light && { dark: addressOf(dark) }) } }),
    assets: {
      ...assets,
      ...(css !== '' && { branding: `${basePath}/assets/branding-${digest}.css` }),
      ...(branding.favicon && { favicon: addressOf(branding.favicon) }),
    },
  }
}
