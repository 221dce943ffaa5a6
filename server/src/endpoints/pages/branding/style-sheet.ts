import type { Branding, Font, Palette, Scheme } from '../../../domain/branding/index.ts'
import { DEFAULT_PALETTES, DEFAULT_RADIUS_PX } from '../../../domain/branding/index.ts'

const FONTS: Readonly<Record<Font, string>> = {
  system: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  serif: "ui-serif, 'Iowan Old Style', Charter, 'Bitstream Charter', Cambria, Georgia, serif",
  rounded: "ui-rounded, 'SF Pro Rounded', 'Hiragino Maru Gothic ProN', Nunito, Quicksand, 'Varela Round', system-ui, sans-serif",
  mono: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
}
/** A card has rounder corners than what lies in it, as in gatepost.css. */
const CARD_RADIUS_RATIO = 1.5

/** The tokens of gatepost.css that a tenant's branding sets to something else, and its own rules; `''` when there are none. */
export function writeStyleSheet({ palettes, radius, font, customCss }: Branding): string {
  const shape = [
    ...(font === 'system' ? [] : [`--gp-font: ${FONTS[font]};`]),
    ...(radius === DEFAULT_RADIUS_PX ? [] : [`--gp-radius: ${radius}px;`, `--gp-radius-card: ${radius * CARD_RADIUS_RATIO}px;`]),
  ]
  const light = [...shape, ...changedColors('light', palettes.light)]
  const dark = changedColors('dark', palettes.dark)
  return [
    ...(light.length === 0 ? [] : [`:root {\n  ${light.join('\n  ')}\n}`]),
    ...(dark.length === 0 ? [] : [`@media (prefers-color-scheme: dark) {\n:root {\n  ${dark.join('\n  ')}\n}\n}`]),
    ...(customCss === '' ? [] : [customCss]),
  ]
    .map((part) => `${part}\n`)
    .join('')
}

function changedColors(scheme: Scheme, palette: Palette): string[] {
  const isTouched = Object.entries(palette).some(([name, color]) => color !== DEFAULT_PALETTES[scheme][name as keyof Palette])
  return isTouched ? Object.entries(palette).map(([name, color]) => `--gp-color-${name}: ${color};`) : []
}
