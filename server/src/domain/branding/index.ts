export type { Branding, BrandImage, Font, LinkName } from './branding.ts'
export { brandImagePath, DEFAULT_BRAND_NAME, DEFAULT_RADIUS_PX, FONTS, LINK_NAMES } from './branding.ts'
export type { ChosenColors, Palette, Scheme } from './palette.ts'
export { CHOSEN_COLORS, completeAccents, DEFAULT_PALETTES, findColorProblems, paletteOf, SCHEMES } from './palette.ts'
