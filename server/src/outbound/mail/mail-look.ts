import type { Branding, Scheme } from '../../domain/branding/index.ts'
import { brandImagePath, DEFAULT_PALETTES } from '../../domain/branding/index.ts'
import type { Color } from '../../domain/color/index.ts'
import { BLACK, contrastOf, nearestPassing, parseColor, TEXT_CONTRAST, WHITE, writeColor } from '../../domain/color/index.ts'

/** What a tenant's mails look like. */
export interface MailLook {
  readonly senderName?: string
  readonly footer?: string
  /** Absolute: a mail has no address of its own. */
  readonly logoUrl?: string
  /** CSS pixels. */
  readonly radius: number
  readonly accent: Readonly<Record<Scheme, { readonly color: string; readonly onIt: string }>>
}

/** The grounds of `render-html.ts`, which do not follow a tenant's: programs that read mail repaint them anyway. */
export const MAIL_GROUNDS: Readonly<Record<Scheme, string>> = { light: '#ffffff', dark: '#1d232a' }

/** `baseUrl`: origin and base path, without a slash at its end. */
export function mailLookOf({ palettes, radius, logo, mail }: Branding, baseUrl: string): MailLook {
  const { senderName, footer, showsLogo } = mail
  // Few programs that read mail draw SVG.
  const shown = showsLogo && logo.light?.extension === 'png' ? logo.light : undefined
  return {
    ...(senderName !== undefined && { senderName }),
    ...(footer !== undefined && { footer }),
    ...(shown && { logoUrl: `${baseUrl}${brandImagePath(shown)}` }),
    radius,
    accent: { light: accentOn('light', palettes.light.accent), dark: accentOn('dark', palettes.dark.accent) },
  }
}

function accentOn(scheme: Scheme, accent: string): MailLook['accent'][Scheme] {
  const read = (text: string): Color => parseColor(text) ?? BLACK
  const ground = read(MAIL_GROUNDS[scheme])
  const shade = nearestPassing(read(accent), (one) => contrastOf(one, ground) >= TEXT_CONTRAST) ?? read(DEFAULT_PALETTES[scheme].accent)
  const onIt = contrastOf(WHITE, shade) >= TEXT_CONTRAST ? WHITE : BLACK
  return { color: writeColor(shade), onIt: writeColor(onIt) }
}

export const DEFAULT_MAIL_LOOK: MailLook = {
  radius: 8,
  accent: { light: accentOn('light', DEFAULT_PALETTES.light.accent), dark: accentOn('dark', DEFAULT_PALETTES.dark.accent) },
}
