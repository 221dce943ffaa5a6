import type { Color } from '../color/index.ts'
import { BLACK, CONTROL_CONTRAST, contrastOf, mixColors, nearestPassing, parseColor, TEXT_CONTRAST, WHITE, writeColor } from '../color/index.ts'

export const SCHEMES = ['light', 'dark'] as const
export type Scheme = (typeof SCHEMES)[number]

/** What an operator may choose of a scheme; the other colours follow from these. */
export const CHOSEN_COLORS = ['accent', 'background', 'surface', 'text'] as const
export type ChosenColor = (typeof CHOSEN_COLORS)[number]
export type ChosenColors = { readonly [color in ChosenColor]?: string | undefined }

/** The colours of a page by the names of its custom properties, `--gp-color-…`, in `#rrggbb`. */
export type Palette = Readonly<
  Record<'page' | 'surface' | 'text' | 'muted' | 'line' | 'control' | 'accent' | 'accent-strong' | 'on-accent' | 'danger' | 'danger-strong' | 'on-danger' | 'danger-wash' | 'accent-wash' | 'wash', string>
>

/** As in gatepost.css; a test holds them together. */
export const DEFAULT_PALETTES: Readonly<Record<Scheme, Palette>> = {
  light: {
    page: '#f5f5f2',
    surface: '#ffffff',
    text: '#1b1e1c',
    muted: '#5a615d',
    line: '#e0e1dc',
    control: '#858c87',
    accent: '#1d6650',
    'accent-strong': '#14503e',
    'on-accent': '#ffffff',
    danger: '#b3261e',
    'danger-strong': '#8f1b15',
    'on-danger': '#ffffff',
    'danger-wash': '#fcefee',
    'accent-wash': '#eaf3ef',
    wash: '#f1f2ef',
  },
  dark: {
    page: '#121513',
    surface: '#1b1f1c',
    text: '#e8ebe8',
    muted: '#a4ada7',
    line: '#2e3430',
    control: '#77807a',
    accent: '#86d1b3',
    'accent-strong': '#a5e0c8',
    'on-accent': '#0b2219',
    danger: '#ffb3ab',
    'danger-strong': '#ffccc7',
    'on-danger': '#3d0703',
    'danger-wash': '#35201e',
    'accent-wash': '#1c2f27',
    wash: '#252a27',
  },
}

export interface ColorProblem {
  readonly color: ChosenColor
  /** A sentence: what cannot be read on what, and the nearest shade with which it can. */
  readonly reason: string
}

interface Unreadable {
  readonly color: ChosenColor
  readonly what: string
  readonly ratio: number
}

/** How far a wash or a shade is from what it is made of, before contrast asks for less. */
const WASH_SHARE = 0.12
const LINE_SHARE = 0.14
const QUIET_WASH_SHARE = 0.06
const STRONG_SHARE = 0.22
const MUTED_SHARE = 0.68
const CONTROL_SHARE = 0.4
const STEP = 0.02
/** A colour that nobody chose has no reason to be at the edge of what can be read. */
const DERIVED_CONTRAST = 6

/** Every colour of a scheme; those that nobody chose follow from the chosen ones, so that all stay readable (WCAG 2.2 AA). */
export function paletteOf(scheme: Scheme, chosen: ChosenColors): Palette {
  const defaults = DEFAULT_PALETTES[scheme]
  const base: Palette = {
    ...defaults,
    ...(chosen.background === undefined ? {} : { page: chosen.background }),
    ...(chosen.surface === undefined ? {} : { surface: chosen.surface }),
    ...(chosen.text === undefined ? {} : { text: chosen.text }),
    ...(chosen.accent === undefined ? {} : { accent: chosen.accent }),
  }
  const hasOwnGround = chosen.background !== undefined || chosen.surface !== undefined || chosen.text !== undefined
  const grounds = hasOwnGround ? groundsOf(base) : {}
  const accents = chosen.accent !== undefined || chosen.surface !== undefined ? accentsOf({ ...base, ...grounds }) : {}
  return { ...base, ...grounds, ...accents }
}

function groundsOf(base: Palette): Partial<Palette> {
  const [text, surface, page, danger] = [read(base.text), read(base.surface), read(base.page), read(base.danger)]
  const wash = mixColors(text, surface, QUIET_WASH_SHARE)
  const grow = (from: number, passes: (shade: Color) => boolean) => {
    let share = from
    while (share < 1 && !passes(mixColors(text, surface, share))) share += STEP
    return writeColor(mixColors(text, surface, Math.min(1, share)))
  }
  return {
    wash: writeColor(wash),
    line: writeColor(mixColors(text, surface, LINE_SHARE)),
    muted: grow(MUTED_SHARE, (shade) => [surface, page, wash].every((ground) => contrastOf(shade, ground) >= TEXT_CONTRAST)),
    control: grow(CONTROL_SHARE, (shade) => contrastOf(shade, surface) >= CONTROL_CONTRAST),
    'danger-wash': washOf(danger, surface, text),
  }
}

function accentsOf(base: Palette): Partial<Palette> {
  const [accent, surface, text] = [read(base.accent), read(base.surface), read(base.text)]
  const dark = mixColors(BLACK, accent, 0.8)
  const onAccent = contrastOf(WHITE, accent) >= TEXT_CONTRAST ? WHITE : contrastOf(dark, accent) >= TEXT_CONTRAST ? dark : BLACK
  // Away from what is written on it, so that it can be read there all the more.
  const strong = mixColors(onAccent === WHITE ? BLACK : WHITE, accent, STRONG_SHARE)
  return { 'on-accent': writeColor(onAccent), 'accent-strong': writeColor(strong), 'accent-wash': washOf(accent, surface, text) }
}

/** As much of the colour over the ground as both it and the text stay readable on. */
function washOf(color: Color, ground: Color, text: Color): string {
  let share = WASH_SHARE
  const passes = (wash: Color) => [color, text].every((one) => contrastOf(one, wash) >= TEXT_CONTRAST)
  while (share > 0 && !passes(mixColors(color, ground, share))) share -= STEP
  return writeColor(mixColors(color, ground, Math.max(0, share)))
}

/** What could not be read, a problem for each colour that was chosen, with the nearest shade that passes. */
export function findColorProblems(scheme: Scheme, chosen: ChosenColors): ColorProblem[] {
  const first = new Map<ChosenColor, Unreadable>()
  for (const one of findUnreadable(scheme, chosen)) if (!first.has(one.color)) first.set(one.color, one)
  return [...first.values()].map(({ color, what, ratio }) => {
    const value = chosen[color] ?? ''
    const nearest = nearestPassing(read(value), (shade) => findUnreadable(scheme, { ...chosen, [color]: writeColor(shade) }).every((other) => other.color !== color))
    const advice = nearest === undefined ? 'no shade of it passes: change the others' : `the nearest shade that passes is ${writeColor(nearest)}`
    return { color, reason: `${value}: ${what} has a contrast of ${ratio.toFixed(2)}, and ${TEXT_CONTRAST} is asked for (WCAG AA); ${advice}` }
  })
}

function findUnreadable(scheme: Scheme, chosen: ChosenColors): Unreadable[] {
  const palette = paletteOf(scheme, chosen)
  const firstOf = (...colors: ChosenColor[]) => colors.find((color) => chosen[color] !== undefined)
  const pairs: readonly [color: ChosenColor | undefined, what: string, one: string, other: string][] = [
    [firstOf('text', 'surface'), 'text on the surface', palette.text, palette.surface],
    [firstOf('text', 'background'), 'text on the background', palette.text, palette.page],
    [firstOf('text', 'surface'), 'quiet text on the surface', palette.muted, palette.surface],
    [firstOf('background', 'text', 'surface'), 'quiet text on the background', palette.muted, palette.page],
    [firstOf('accent', 'surface'), 'the accent on the surface', palette.accent, palette.surface],
    [firstOf('accent', 'background'), 'the accent on the background', palette.accent, palette.page],
    [firstOf('accent'), 'text on the accent', palette['on-accent'], palette.accent],
    [firstOf('accent', 'surface'), 'the accent under the pointer on the surface', palette['accent-strong'], palette.surface],
    [firstOf('surface'), 'an error on the surface', palette.danger, palette.surface],
  ]
  return pairs.flatMap(([color, what, one, other]) => {
    const ratio = contrastOf(read(one), read(other))
    return color === undefined || ratio >= TEXT_CONTRAST ? [] : [{ color, what, ratio }]
  })
}

/** Where a scheme has no accent of its own it takes the nearest well readable shade of the other's. */
export function completeAccents(chosen: Readonly<Record<Scheme, ChosenColors>>): Record<Scheme, ChosenColors> {
  const complete = (scheme: Scheme, other: Scheme): ChosenColors => {
    const accent = chosen[other].accent
    if (chosen[scheme].accent !== undefined || accent === undefined) return chosen[scheme]
    const found = nearestPassing(read(accent), (shade) => {
      const given = { ...chosen[scheme], accent: writeColor(shade) }
      const { surface } = paletteOf(scheme, given)
      return contrastOf(shade, read(surface)) >= DERIVED_CONTRAST && findUnreadable(scheme, given).length === 0
    })
    return found ? { ...chosen[scheme], accent: writeColor(found) } : chosen[scheme]
  }
  return { light: complete('light', 'dark'), dark: complete('dark', 'light') }
}

function read(text: string): Color {
  const color = parseColor(text)
  if (!color) throw new TypeError(`${text} is no colour`)
  return color
}
