import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Color } from '../color/index.ts'
import { BLACK, contrastOf, mixColors, parseColor, TEXT_CONTRAST, WHITE, writeColor } from '../color/index.ts'
import type { Palette, Scheme } from './index.ts'
import { completeAccents, DEFAULT_PALETTES, findColorProblems, paletteOf, SCHEMES } from './index.ts'

const ratio = (one: string, other: string) => contrastOf(parseColor(one)!, parseColor(other)!)
const color = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`)
/** Near white for the grounds of a light scheme, near black for its text; a fully random choice hardly ever passes. */
const near = (ground: Color) => color.map((text) => writeColor(mixColors(parseColor(text)!, ground, 0.12)))
const chosenFor = (scheme: Scheme) => {
  const [ground, ink] = scheme === 'light' ? [WHITE, BLACK] : [BLACK, WHITE]
  return fc.record({ accent: color, background: near(ground), surface: near(ground), text: near(ink) }, { requiredKeys: [] })
}

/** What people read on what. */
const READ_ON: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ...(['page', 'surface', 'wash', 'accent-wash'] as const).map((ground) => ['text', ground] as const),
  ...(['page', 'surface', 'wash'] as const).map((ground) => ['muted', ground] as const),
  ...(['page', 'surface', 'accent-wash'] as const).map((ground) => ['accent', ground] as const),
  ...[['on-accent', 'accent'], ['on-accent', 'accent-strong'], ['danger', 'surface'], ['danger', 'danger-wash']] as const,
]

describe('a palette', () => {
  test('is by default what the style sheet says', () => {
    const css = readFileSync(new URL('../../endpoints/pages/assets/gatepost.css', import.meta.url), 'utf8')
    const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')
    for (const [scheme, part] of [['light', light], ['dark', dark]] as [Scheme, string][]) {
      for (const [name, value] of Object.entries(DEFAULT_PALETTES[scheme])) expect(part).toMatch(new RegExp(`--gp-color-${name}: ${value.replace('#ffffff', '#fff(fff)?')};`))
    }
  })

  test.each(SCHEMES)('that passes can be read everywhere, whatever was chosen (%s)', (scheme) => {
    let passed = 0
    fc.assert(
      fc.property(chosenFor(scheme), (colors) => {
        if (findColorProblems(scheme, colors).length > 0) return
        passed += 1
        const palette = paletteOf(scheme, colors)
        for (const [what, ground] of READ_ON) expect([what, ground, ratio(palette[what], palette[ground])]).toEqual([what, ground, expect.toSatisfy((found: number) => found >= TEXT_CONTRAST - 0.05)])
      }),
      { numRuns: 100 },
    )
    expect(passed).toBeGreaterThan(15)
  })

  test.each(SCHEMES)('names a shade that passes for an accent that does not (%s)', (scheme) => {
    fc.assert(
      fc.property(color, (accent) => {
        for (const { reason } of findColorProblems(scheme, { accent })) {
          const nearest = /passes is (#[0-9a-f]{6})$/.exec(reason)?.[1]
          expect(findColorProblems(scheme, { accent: nearest })).toEqual([])
        }
      }),
      { numRuns: 20 },
    )
  })

  test('takes the accent of the other scheme along, in a shade that can be read', () => {
    fc.assert(
      fc.property(color, (accent) => {
        const { dark } = completeAccents({ light: { accent }, dark: {} })
        expect(findColorProblems('dark', dark)).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})
