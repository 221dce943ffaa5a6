// No database takes part: a preview reads a declared file exactly as a plan does.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { checkCustomCss } from '../../src/protocols/custom-css/index.ts'
import { dataUri, declare, LOGO_PNG, LOGO_SVG } from './brand.ts'

const SVG = (inner: string, attributes = 'viewBox="0 0 1 1"') => `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inner}</svg>`

const HOSTILE_CSS: [css: string, reason: RegExp][] = [
  ['.gp-card { color: red }\n.gp-card { background: url(//evil.example) }', /line 2: url\(\) would load/],
  ['.gp-card { background: URL("x") }', /url\(\) would load/],
  ['.gp-card { background: u\\72l(x) }', /line 1: escapes/],
  ['.gp-card { background: ur\\\nl(x) }', /escapes/],
  ['.gp-card { background: url(x', /url\(\) would load/],
  ['.gp-card { background: src("x") }', /src\(\) would load/],
  ['@import "x";', /@import is not allowed/],
  ['@IMPORT url(x);', /@import is not allowed/],
  ['@media screen { @import "x"; }', /@import is not allowed/],
  ['@charset "x";', /@charset is not allowed/],
  ['@namespace url(x);', /@namespace is not allowed/],
  ['@font-face { font-family: x; src: url(x) }', /@font-face is not allowed/],
  ['@property --x { syntax: "*" }', /@property is not allowed/],
  ['@supports (color: red) { .gp-card { color: red } }', /@supports is not allowed/],
  ['@layer x;', /@layer is not allowed/],
  ['@keyframes x { to { color: red } }', /@keyframes is not allowed/],
  ['@media url(x) { .gp-card { color: red } }', /url\(\) would load/],
  ['@media}body{}', /a block does not begin/],
  ['@media screen { @media print { .gp-card { color: red } } }', /@media is not allowed there/],
  ['.gp-card { background: image-set("x" 1x) }', /image-set\(\) is not allowed/],
  ['.gp-card { background: -webkit-image-set("x" 1x) }', /-webkit-image-set\(\) is not allowed/],
  ['.gp-card { background: cross-fade("x", "y") }', /cross-fade\(\) is not allowed/],
  ['.gp-card { background: image("x") }', /image\(\) is not allowed/],
  ['.gp-card { background: element(#x) }', /element\(\) is not allowed/],
  ['.gp-card { background: paint(x) }', /paint\(\) is not allowed/],
  ['.gp-card { width: expression(alert(1)) }', /expression\(\) is not allowed/],
  ['.gp-card { width: calc(expression(1)) }', /expression\(\) is not allowed/],
  ['.gp-card { width: attr(value) }', /attr\(\) is not allowed/],
  ['.gp-card { behavior: none }', /the property behavior/],
  ['.gp-card { -moz-binding: none }', /the property -moz-binding/],
  ['.gp-card { position: fixed }', /the property position/],
  ['.gp-card { display: none }', /the property display/],
  ['.gp-card { opacity: 0 }', /the property opacity/],
  ['.gp-card { transform: scale(9) }', /the property transform/],
  ['.gp-card { content: "Send your password to" }', /the property content/],
  ['.gp-card { border-image: linear-gradient(red, red) }', /the property border-image/],
  ['.gp-card { --gp-color-accent: white }', /the property --gp-color-accent/],
  ['.gp-card { margin-top: -900px }', /negative margin/],
  ['.gp-card { margin: 0 calc(1px) -3em }', /negative margin/],
  ['.gp-card { margin: calc(0px - 100px) }', /negative margin/],
  ['.gp-card { margin: calc(1px * -infinity) }', /negative margin/],
  ['.gp-card { margin: var(--gp-none, -220px) }', /negative margin/],
  ['.gp-card { outline: 100vmax solid white }', /outline takes lengths in px or rem/],
  ['.gp-card { outline: 900px solid white }', /outline would cover/],
  ['.gp-card { outline-offset: 40rem; outline: 2px solid white }', /outline-offset would cover/],
  ['.gp-card { font-size: 900px; outline: 1em solid white }', /outline takes lengths in px or rem/],
  ['.gp-card { outline-width: calc(1px * 900) }', /outline-width takes plain lengths/],
  ['.gp-card { outline-width: var(--gp-none, 900px) }', /a variable has no second choice/],
  ['.gp-card { border: 900px solid white }', /border would cover/],
  ['.gp-card { border-left-width: 50vw }', /border-left-width takes lengths/],
  ['.gp-button { box-shadow: 0 0 0 100vmax white }', /box-shadow takes lengths/],
  ['.gp-button { box-shadow: 0 0 0 900px white }', /box-shadow would cover/],
  ['.gp-button { box-shadow: 0 1px 2px red, 0 -90px white }', /box-shadow would cover/],
  [`.gp-button { box-shadow: ${Array(9).fill('0 -24px 24px 8px white').join()} }`, /box-shadow would cover/],
  ['.gp-button { text-shadow: 0 -90px white }', /text-shadow would cover/],
  ['.gp-button { letter-spacing: -99px }', /letter-spacing would cover/],
  ['.gp-button { text-underline-offset: -9em }', /text-underline-offset would cover/],
  ['.gp-button { text-decoration: underline 90px white }', /text-decoration would cover/],
  ['.gp-card { color: "red" }', /a text belongs into font-family/],
  ['.gp-card { color: [; } .gp-page { color: ] }', /\[ is not allowed/],
  ['.gp-card { color: rgb(0 0 0; } .gp-page { color: red }', /; is not allowed there/],
  ['.gp-card { color: red) }', /\) is not allowed there/],
  ['.gp-card { color: red', /a block does not end/],
  ['.gp-card { color: red }}', /a rule has no block/],
  ['.gp-card { .x { color: red } }', /rules are not nested/],
  ['.gp-card { color: "x\n }', /does not end/],
  ['/* .gp-card { color: red }', /does not end/],
  ['<!-- .gp-card { color: red } -->', /<!--/],
  ['</style><script>alert(1)</script>', /a rule has no block/],
  ['body { color: red }', /begins at a class \.gp-/],
  ['html .gp-card { color: red }', /begins at a class \.gp-/],
  [':root { color: red }', /root/],
  ['* { color: red }', /\* is not allowed/],
  ['.gp-page, * { color: red }', /\* is not allowed/],
  ['+ .gp-page { color: red }', /a selector is missing/],
  ['.gp-page > { color: red }', /a selector is missing/],
  ['.gp-page, { color: red }', /a selector is missing/],
  ['.other { color: red }', /\.other is not a class/],
  ['.gp-page .other { color: red }', /\.other is not a class/],
  ['#main { color: red }', /is not allowed in a selector/],
  ['.gp-input[value^="a"] { color: red }', /\[/],
  ['.gp-page:has(input) { color: red }', /has\( is not/],
  ['.gp-page:is(body) { color: red }', /is\( is not/],
  ['.gp-page::before { color: red }', /before is not/],
  ['.gp-card { color: red }\u0000', /control characters/],
  [`.gp-card { color: red }${' '.repeat(17 * 1_024)}`, /larger than 16 KiB/],
]

const HOSTILE_SVG: [svg: string, reason: RegExp][] = [
  [SVG('<script>alert(1)</script>'), /<script> is not allowed/],
  [SVG('\n<SCRIPT href="x"/>'), /line 2: <SCRIPT> is not allowed/],
  [SVG('<g onload="alert(1)"/>'), /onload of <g> would run a script/],
  [SVG('', 'viewBox="0 0 1 1" ONLOAD="alert(1)"'), /ONLOAD of <svg> would run/],
  [SVG('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'), /<foreignObject> is not allowed/],
  [SVG('<use href="https://evil.example/x.svg#y"/>'), /leads out of the drawing/],
  [SVG('<use xlink:href="data:image/svg+xml,x#y"/>'), /leads out of the drawing/],
  [SVG('<linearGradient href="//evil.example"/>'), /leads out of the drawing/],
  [SVG('<image href="https://evil.example/pixel.png"/>'), /<image> is not allowed/],
  [SVG('<a href="javascript:alert(1)"><path d="M0 0"/></a>'), /<a> is not allowed/],
  [SVG('<iframe src="x"/>'), /<iframe> is not allowed/],
  [SVG('<set attributeName="href" to="javascript:alert(1)"/>'), /<set> is not allowed/],
  [SVG('<animate attributeName="href" values="javascript:alert(1)"/>'), /<animate> is not allowed/],
  [SVG('<feImage href="https://evil.example"/>'), /<feImage> is not allowed/],
  [SVG('<path fill="url(https://evil.example)"/>'), /url\(\) would load/],
  [SVG('<path fill="url(&quot;//evil.example&quot;)"/>'), /url\(\) would load/],
  [SVG('<path fill="&#117;rl(//evil.example)"/>'), /url\(\) would load/],
  [SVG('<path fill="u\\72l(//evil.example)"/>'), /escapes are not allowed/],
  [SVG('<path style="background: image-set(\'x\')"/>'), /image-set\(\) is not allowed/],
  [SVG('<style>@import "//evil.example";</style>'), /@import is not allowed/],
  [SVG('<style>@font-face { src: url(//evil.example) }</style>'), /@font-face is not allowed/],
  [SVG('<style>path { fill: url( "//evil.example" ) }</style>'), /url\(\) would load/],
  [SVG('<style><![CDATA[</style><script>alert(1)</script>]]></style>'), /<style>: escapes/],
  [SVG('<?xml-stylesheet href="//evil.example"?>'), /processing instructions/],
  [`<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${SVG('&x;')}`, /a doctype may declare nothing/],
  [SVG('&x;'), /the entity &x; is not known/],
  [SVG('<path d="M0 0" d="M1 1"/>'), /is there twice/],
  [SVG('<path d="M0 0" fill="red"/onload="x"/>'), /cannot be read/],
  [SVG('<g>'), /was not begun/],
  [`${SVG('')}<script/>`, /a second drawing follows/],
  [`${SVG('')}alert(1)`, /text stands outside/],
  [SVG('<g>'.repeat(80) + '</g>'.repeat(80)), /nested too deeply/],
  [SVG('<use href="#a"/>'.repeat(30)), /more than 20 <use>/],
  [SVG('', ''), /has no viewBox/],
  ['<html xmlns="http://www.w3.org/1999/xhtml"/>', /is no <svg/],
  ['not a picture', /text stands outside|there is no element/],
  [SVG(' '.repeat(70 * 1_024)), /larger than 64 KiB/],
]

const WRONG: [branding: object, reason: RegExp][] = [
  [{ name: '<b>' }, /^gatepost: branding\.name: must be 1 to 60/],
  [{ name: 'x\r\nBcc: y' }, /branding\.name: must be/],
  [{ name: 'x'.repeat(61) }, /branding\.name: must be/],
  [{ logo: { light: './missing.svg' } }, /branding\.logo\.light: cannot read \.\/missing\.svg/],
  [{ logo: { dark: '/etc/passwd' } }, /branding\.logo\.dark: \/etc\/passwd is not beside/],
  [{ favicon: './../../etc/passwd' }, /branding\.favicon: .* is not beside/],
  [{ logo: { light: 'data:text/html,<script>' } }, /branding\.logo\.light: must be data:image/],
  [{ logo: { light: 'https://example.com/logo.png' } }, /branding\.logo\.light: cannot read/],
  [{ favicon: dataUri('png', LOGO_PNG.subarray(0, 40)) }, /branding\.favicon: is a PNG that was cut off/],
  [{ favicon: dataUri('png', Buffer.concat([LOGO_PNG, Buffer.from('<script>')])) }, /holds something behind the picture/],
  [{ colors: { light: { accent: 'green' } } }, /branding\.colors\.light\.accent: must be a colour/],
  [{ colors: { light: { accent: '#ffcc00' } } }, /branding\.colors\.light\.accent: #ffcc00: the accent on the surface has a contrast of 1\.51.*the nearest shade that passes is #886d00/],
  [{ colors: { dark: { accent: '#1d6650' } } }, /branding\.colors\.dark\.accent: #1d6650: .*nearest shade that passes is #5a8f7f/],
  [{ colors: { light: { text: '#888888' } } }, /branding\.colors\.light\.text: .*nearest shade/],
  [{ colors: { light: { surface: '#222222' } } }, /branding\.colors\.light\.surface: .*text on the surface/],
  [{ colors: { light: { background: '#777777' } } }, /branding\.colors\.light\.background: /],
  [{ radius: 17 }, /branding\.radius/],
  [{ font: 'Comic Sans' }, /branding\.font/],
  [{ links: { terms: 'javascript:alert(1)' } }, /branding\.links\.terms: must be an address/],
  [{ links: { support: 'http://example.com' } }, /branding\.links\.support: must be an address/],
  [{ texts: { xx: { 'login.title': 'x' } } }, /branding\.texts\.xx: is not a language/],
  [{ texts: { en: { 'login.nothing': 'x' } } }, /branding\.texts\.en\.login\.nothing: is not the key/],
  [{ texts: { en: { constructor: 'x' } } }, /is not the key/],
  [{ texts: { en: { 'login.title': 'Hello {name}' } } }, /has a place \{name\} that nothing is put into/],
  [{ texts: { en: { 'code.sent_to': 'Look for it.' } } }, /leaves out \{destination\}/],
  [{ texts: { en: { 'login.title': ' ' } } }, /one line of 1 to 500/],
  [{ mail: { footer: 'a\nb' } }, /branding\.mail\.footer: must be one line/],
  [{ mail: { sender_name: 'a\r\nBcc: b' } }, /branding\.mail\.sender_name: must be/],
  [{ colour: 'red' }, /branding\.colour: is not a setting/],
]

// Security case O13.
describe('a declared branding', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatepost-branding-'))
    await writeFile(join(folder, 'logo.svg'), LOGO_SVG)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function preview(branding: object): Promise<{ code: number; problems: string[] }> {
    const problems: string[] = []
    const spies = [vi.spyOn(console, 'log').mockReturnValue(), vi.spyOn(console, 'error').mockImplementation((line: string) => void problems.push(line))]
    try {
      const file = join(folder, 'settings.json')
      await writeFile(file, declare(branding))
      return { code: await run(['settings', 'preview', file, '--out', join(folder, 'out')]), problems }
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  }

  test.each(HOSTILE_CSS)('refuses the CSS %j with its line and the reason', async (css, reason) => {
    const { code, problems } = await preview({ custom_css: css })
    expect([code, problems.join('\n')]).toEqual([1, expect.stringMatching(reason)])
    for (const problem of problems) expect(problem).toMatch(/^gatepost: branding\.custom_css: (line \d+: |is larger)/)
  })

  test('is served as it was checked: a comment parts what stands at its sides, and does not bring it together', async () => {
    const glued = `.gp-page { color: red //**/* }\n.gp-x { font-family: "*/ } body::before { content: 'Call 0900' } .gp-y { font-family: " }`
    for (const css of [glued, '.gp-form { margin-top: -/**/220px }', '.gp-form { color: red //**/* }', '.gp-a { color: u/**/rl(x) }', '.gp-a { color: #/**/fff }', '.gp-a/**/.gp-b { color: red }']) {
      const checked = checkCustomCss(css)
      if (!checked.ok) continue
      expect(checked.value, css).not.toMatch(/\/\*|-220px|url|#fff|a\.gp-b/)
      expect(checkCustomCss(checked.value)).toEqual(checked)
    }
  })

  test.each(HOSTILE_SVG)('refuses the drawing %j with the reason', async (svg, reason) => {
    const { code, problems } = await preview({ logo: { light: dataUri('svg+xml', svg) } })
    expect([code, problems.join('\n')]).toEqual([1, expect.stringMatching(reason)])
    for (const problem of problems) expect(problem).toMatch(/^gatepost: branding\.logo\.light: /)
  })

  test.each(WRONG)('refuses %j and says where and why', async (branding, reason) => {
    const { code, problems } = await preview(branding)
    expect([code, problems.join('\n')]).toEqual([1, expect.stringMatching(reason)])
  })

  test('has every problem of it named at once', async () => {
    const { problems } = await preview({ radius: 99, custom_css: 'a{}\nb{}', logo: { light: './missing.png', dark: '/x' }, colors: { light: { accent: '#ff0' } } })
    expect(problems).toHaveLength(6)
  })

  test('may be rich: nothing that is harmless is refused', async () => {
    const css = `/* ours */ .gp-card { border-radius: 50%; outline: 2px solid var(--gp-color-accent); outline-offset: 0.25rem; margin: 0 auto calc(1rem + 2px); border: 1px solid rgb(0 0 0 / 20%); box-shadow: 0 1px 2px rgb(0 0 0 / 20%), inset 0 0 0 1px var(--gp-color-line) !important }
.gp-page h1, .gp-button-primary:hover > .gp-icon, .gp-item:nth-child(2n+1) { letter-spacing: -0.02em; font-family: "Avenir Next", sans-serif; }
@media (min-width: 640px) and (prefers-color-scheme: dark) { .gp-card { background: linear-gradient(#222, #111); padding: calc(1rem * 2) } }`
    const { code, problems } = await preview({
      name: 'Mulberry & Söhne',
      logo: { light: './logo.svg', dark: dataUri('png', LOGO_PNG) },
      favicon: `data:image/svg+xml,${encodeURIComponent(LOGO_SVG)}`,
      colors: { light: { accent: '#7a2bd6', background: '#f3ecfb' }, dark: { surface: '#221530', background: '#160d20', text: '#f3ecfb' } },
      radius: 0,
      font: 'serif',
      custom_css: css,
      links: { support: 'mailto:help@example.com', terms: 'https://example.com/terms?a=b' },
      texts: { en: { 'login.title': 'Welcome back', 'mail.login_code.subject': 'Your code' } },
      mail: { sender_name: 'Mulberry', footer: 'Mulberry Ltd, 1 Orchard Road', shows_logo: true },
    })
    expect([code, problems]).toEqual([0, []])
    expect(await readdir(join(folder, 'out'))).toEqual(['dark', 'index.html', 'light', 'mails'])
  })
})
