import type { Palette, Scheme } from './palette.ts'

/** Stacks of fonts that systems have: none is fetched. */
export const FONTS = ['system', 'serif', 'rounded', 'mono'] as const
export type Font = (typeof FONTS)[number]

export interface BrandImage {
  readonly extension: 'png' | 'svg'
  readonly bytes: Uint8Array
  /** Of its bytes; names it. */
  readonly digest: string
}

/** Where a picture is served, below the base path; its content never changes. */
export function brandImagePath({ digest, extension }: BrandImage): string {
  return `/assets/branding/${digest}.${extension}`
}

/** How a tenant's pages and mails look and speak: checked, with every colour that follows from the chosen ones. */
export interface Branding {
  readonly name: string
  readonly palettes: Readonly<Record<Scheme, Palette>>
  readonly logo: Partial<Readonly<Record<Scheme, BrandImage>>>
  readonly favicon?: BrandImage
  /** CSS pixels. */
  readonly radius: number
  readonly font: Font
  /** Checked, and written anew. */
  readonly customCss: string
  readonly links: Partial<Readonly<Record<LinkName, string>>>
  /** Sentences in the place of the catalogue's, by language and key. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly mail: {
    readonly senderName?: string
    readonly footer?: string
    readonly showsLogo: boolean
  }
}

export const LINK_NAMES = ['support', 'terms', 'privacy'] as const
export type LinkName = (typeof LINK_NAMES)[number]

export const DEFAULT_RADIUS_PX = 8
export const DEFAULT_BRAND_NAME = 'Gatepost'
