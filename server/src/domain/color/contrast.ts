import type { Color } from './color.ts'
import { mixColors } from './color.ts'

/** WCAG 2.2, success criterion 1.4.3 (AA), for text of ordinary size. */
export const TEXT_CONTRAST = 4.5
/** WCAG 2.2, success criterion 1.4.11: what shows that something is a field or a button. */
export const CONTROL_CONTRAST = 3

export const BLACK: Color = { red: 0, green: 0, blue: 0 }
export const WHITE: Color = { red: 255, green: 255, blue: 255 }

const STEPS = 255

/** WCAG 2.2, "contrast ratio": 1 for the same colour, 21 for black on white. */
export function contrastOf(one: Color, other: Color): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** WCAG 2.2, "relative luminance". */
function luminanceOf({ red, green, blue }: Color): number {
  const linear = (part: number) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** The shade that passes and is least darker or lighter than the colour; undefined when none does. */
export function nearestPassing(color: Color, passes: (shade: Color) => boolean): Color | undefined {
  for (let step = 0; step <= STEPS; step += 1) {
    const shades = [mixColors(BLACK, color, step / STEPS), mixColors(WHITE, color, step / STEPS)]
    const found = shades.find(passes)
    if (found) return found
  }
  return undefined
}
