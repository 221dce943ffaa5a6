export type { Color } from './color.ts'
export { mixColors, parseColor, writeColor } from './color.ts'
export { BLACK, CONTROL_CONTRAST, contrastOf, nearestPassing, TEXT_CONTRAST, WHITE } from './contrast.ts'
