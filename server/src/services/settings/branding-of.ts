import type { Branding } from '../../domain/branding/index.ts'
import { completeAccents, paletteOf } from '../../domain/branding/index.ts'
import { checkCustomCss } from '../../protocols/custom-css/index.ts'
import type { DeclaredImages } from './declared-images.ts'
import type { BrandingGroup } from './groups/branding.ts'
import { brandingGroup } from './groups/branding.ts'

/** The branding in force out of checked settings and their pictures. */
export function brandingOf(group: BrandingGroup, images: DeclaredImages['images'] = new Map()): Branding {
  const colors = completeAccents(group.colors)
  const [light, dark, favicon] = [images.get('logo.light'), images.get('logo.dark'), images.get('favicon')]
  const css = checkCustomCss(group.custom_css)
  const { support, terms, privacy } = group.links
  const { sender_name: senderName, footer, shows_logo: showsLogo } = group.mail
  return {
    name: group.name,
    palettes: { light: paletteOf('light', colors.light), dark: paletteOf('dark', colors.dark) },
    logo: { ...(light && { light }), ...(dark && { dark }) },
    ...(favicon && { favicon }),
    radius: group.radius,
    font: group.font,
    customCss: css.ok ? css.value : '',
    links: { ...(support !== null && { support }), ...(terms !== null && { terms }), ...(privacy !== null && { privacy }) },
    texts: group.texts,
    mail: { ...(senderName !== null && { senderName }), ...(footer !== null && { footer }), showsLogo },
  }
}

export const DEFAULT_BRANDING: Branding = brandingOf(brandingGroup.parse({}))
