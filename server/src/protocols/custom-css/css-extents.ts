import type { CSSToken } from '@csstools/css-tokenizer'
import { isTokenComma, isTokenDelim, isTokenDimension, isTokenFunction, isTokenIdent, isTokenNumber, isTokenNumeric, isTokenPercentage, TokenType } from '@csstools/css-tokenizer'

/** Lengths in CSS pixels. Of a list (a shadow: aside, down, blur, spread) each has its own; the last one holds for any further. */
interface Extent {
  readonly min?: number
  readonly max: readonly number[]
  /** The font may be large, and with it `em`: only what grows with its own letters may count in them. */
  readonly takesEm?: boolean
}

const SPACING: Extent = { min: -2, max: [16], takesEm: true }
const LINE: Extent = { min: -16, max: [16], takesEm: true }
const EXTENTS: Readonly<Record<string, Extent>> = {
  'box-shadow': { min: -24, max: [24, 24, 64, 8] },
  'text-shadow': { min: -16, max: [16, 16, 32] },
  'letter-spacing': SPACING,
  'word-spacing': SPACING,
  'text-decoration': LINE,
  'text-decoration-thickness': LINE,
  'text-underline-offset': LINE,
}
const OUTLINE: Extent = { min: -16, max: [16] }
const BORDER: Extent = { min: 0, max: [32] }
const MAX_SHADOWS = 4

/** CSS Values Level 4 section 6: what a pixel is to the units that do not grow with the window. */
const PIXELS: Readonly<Record<string, number>> = { px: 1, rem: 16, pt: 4 / 3, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4, q: 96 / 101.6 }
const FONT_PIXELS: Readonly<Record<string, number>> = { em: 16, ex: 8, ch: 8 }

/**
 * Why a value is refused that would paint outside of its box, or pull it, far enough to cover what stands beside; undefined
 * where it stays near, or the property does not do that. Lengths there are plain: nothing computes them but our own variables.
 */
export function refusedExtent(name: string, value: readonly CSSToken[]): string | undefined {
  if (name.startsWith('margin')) return refusedMargin(value)
  const extent = extentOf(name)
  if (!extent) return undefined
  const outside = `${name} would cover what stands beside`
  const parents: string[] = []
  let position = 0
  let parts = 1
  for (const token of value) {
    if (isTokenFunction(token)) parents.push(token[4].value.toLowerCase())
    else if (token[0] === TokenType.OpenParen) parents.push('(')
    else if (token[0] === TokenType.CloseParen) parents.pop()
    else if (isTokenComma(token)) {
      if (parents.at(-1) === 'var') return `a variable has no second choice in ${name}`
      if (parents.length === 0) [position, parts] = [0, parts + 1]
    }
    if (parents.some((parent) => ['(', 'calc', 'min', 'max', 'clamp'].includes(parent))) return `${name} takes plain lengths alone`
    if (parents.length > 0 || !isTokenNumeric(token)) continue
    const pixels = pixelsOf(token, extent)
    if (pixels === undefined) return `${name} takes lengths in px or rem${extent.takesEm ? ', or em' : ''}`
    const max = extent.max[Math.min(position, extent.max.length - 1)] ?? 0
    if (pixels > max || pixels < (extent.min ?? 0)) return outside
    position += 1
  }
  return parts > MAX_SHADOWS && name.endsWith('shadow') ? outside : undefined
}

function extentOf(name: string): Extent | undefined {
  if (name.startsWith('outline')) return OUTLINE
  if (name.startsWith('border') && !/radius|spacing/.test(name)) return BORDER
  return Object.hasOwn(EXTENTS, name) ? EXTENTS[name] : undefined
}

/** Undefined for a percentage, a unit of the window, and one that is not known. */
function pixelsOf(token: CSSToken, { takesEm = false }: Extent): number | undefined {
  if (isTokenPercentage(token)) return undefined
  if (isTokenNumber(token)) return token[4].value
  if (!isTokenDimension(token)) return undefined
  const unit = token[4].unit.toLowerCase()
  const factor = Object.hasOwn(PIXELS, unit) ? PIXELS[unit] : takesEm && Object.hasOwn(FONT_PIXELS, unit) ? FONT_PIXELS[unit] : undefined
  return factor === undefined ? undefined : token[4].value * factor
}

/** Pulled over its neighbour, a thing hides what somebody has to read. */
function refusedMargin(value: readonly CSSToken[]): string | undefined {
  const isNegative = value.some((token) => isTokenNumeric(token) && token[4].value < 0)
  // What is computed without a minus out of what is not negative is not negative.
  const isSubtracted = value.some((token) => (isTokenDelim(token) && token[4].value === '-') || (isTokenIdent(token) && token[4].value.toLowerCase() === '-infinity'))
  return isNegative || isSubtracted ? 'a negative margin would cover what stands beside' : undefined
}
