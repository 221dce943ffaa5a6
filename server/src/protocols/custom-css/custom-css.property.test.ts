// Security case O13.
import { TokenType, tokenize } from '@csstools/css-tokenizer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCustomCss } from './index.ts'

const SCRAPS = [
  ...['/**/', '/* x */', '/*"*/', '/*', '*/', '/', '*', '//', '"', "'", '"*/"', '"/*"', '"a b"', "'}'", '{', '}', '(', ')', '[', ']', ';', ':', ',', '.', '#', '@', '-', '+', '!', '<!--', '-->'],
  ...[' ', '\n', '\t', '\u00a0', '\ufeff', '\ud800', 'é', 'u', 'rl(', 'url(x)', 'url(', 'calc(', 'var(--gp-space)', 'rgb(0 0 0)', '1', 'e9', '5px', '-5px', '900px', '100vmax', '50%', 'U+2'],
  ...['red', 'gp-a', '.gp-a', '.gp-a h1', '.gp-', 'body', '::before', ':hover', '@media', '@media print {', '@import "x";', 'color', 'color: red', 'margin:', 'font-family: "x"', 'font-family: "', 'position: fixed'],
]
const soup = (more: fc.Arbitrary<string>) => fc.array(fc.oneof(fc.constantFrom(...SCRAPS), more), { maxLength: 12 }).map((scraps) => scraps.join(''))
const gap = fc.oneof({ arbitrary: fc.constant(''), weight: 4 }, { arbitrary: fc.constant('/**/'), weight: 2 }, { arbitrary: soup(fc.constant('')), weight: 1 })
const declaration = fc
  .tuple(fc.constantFrom('color', 'margin', 'font-family', 'outline', 'box-shadow', 'position'), gap, fc.array(fc.constantFrom('red', '"x"', "'*/'", '/', '*', '-', '5px', '1', '#', 'f', '"/*"', '.', '!important'), { maxLength: 5 }), gap)
  .map(([name, before, values, after]) => `${name}:${before}${values.join('/**/')}${after}`)
const rule = fc.tuple(gap, fc.constantFrom('.gp-a', '.gp-a h1', 'h1.gp-a:hover', '.gp-a, .gp-b', 'body'), gap, fc.array(declaration, { maxLength: 3 })).map(([before, selector, after, all]) => `${before}${selector}${after}{${all.join(';')}}`)
/** CSS that is mostly taken, so that what follows from being taken is asked of hundreds of sheets in every run. */
const plainRule = fc
  .tuple(fc.constantFrom('.gp-a', '.gp-a h1', '.gp-a, .gp-b', 'h1.gp-a:hover'), fc.constantFrom('', '/* x */', ' '), fc.array(fc.constantFrom('color: red', 'color:/**/red', 'margin: 1px', 'margin: -5px/**/', 'font-family: "*/"', 'position: fixed'), { maxLength: 3 }))
  .map(([selector, between, declarations]) => `${selector}${between}{${declarations.join(';')}}`)
const sheet = fc.oneof(soup(fc.constant('')), fc.array(rule, { maxLength: 3 }).map((rules) => rules.join('')), soup(rule), fc.array(plainRule, { minLength: 1, maxLength: 3 }).map((rules) => rules.join('')))

/** CSS Syntax section 4.2: whitespace is these alone, and U+FEFF is a letter of a name like any other. */
const trimCss = (text: string) => text.replace(/^[ \t\n\r\f]+|[ \t\n\r\f]+$/g, '')

/** The text in front of each brace that opens a block, by a reading of its own: a tokenizer and nothing of the check. */
function preludesOf(css: string): string[] {
  const preludes: string[] = []
  let text = ''
  for (const [type, piece] of tokenize({ css })) {
    if (type === TokenType.OpenCurly) preludes.push(trimCss(text))
    text = type === TokenType.OpenCurly || type === TokenType.CloseCurly || type === TokenType.Semicolon ? '' : text + piece
  }
  return preludes
}

describe('CSS that was checked', () => {
  test('is what a check of it gives, has no comment, and no rule outside of our classes', () => {
    let taken = 0
    fc.assert(
      fc.property(sheet, (css) => {
        const checked = checkCustomCss(css)
        if (!checked.ok) return
        taken += checked.value === '' ? 0 : 1
        expect(checkCustomCss(checked.value)).toEqual(checked)
        const types = tokenize({ css: checked.value }).map(([type]) => type)
        for (const type of [TokenType.Comment, TokenType.URL, TokenType.BadURL, TokenType.BadString, TokenType.CDO, TokenType.CDC]) expect(types).not.toContain(type)
        for (const prelude of preludesOf(checked.value)) {
          if (prelude.startsWith('@media')) continue
          for (const selector of prelude.split(',')) expect(trimCss(selector)).toMatch(/^[^ \t\n\r\f>+~]*\.gp-/)
        }
      }),
      { numRuns: 3_000 },
    )
    expect(taken, 'the soup has to be edible now and then').toBeGreaterThan(100)
  })
})
