import type { CSSToken } from '@csstools/css-tokenizer'
import { isTokenBadString, isTokenBadURL, isTokenFunction, isTokenString, isTokenURL } from '@csstools/css-tokenizer'

/** Functions that compute a value and fetch nothing. A list of what is allowed: what CSS learns next year is not in it. */
const FUNCTIONS = new Set([
  ...['var', 'calc', 'min', 'max', 'clamp', 'rgb', 'rgba', 'hsl', 'hsla', 'hwb', 'lab', 'lch', 'oklab', 'oklch', 'color', 'color-mix', 'light-dark'],
  ...['linear-gradient', 'radial-gradient', 'conic-gradient', 'repeating-linear-gradient', 'repeating-radial-gradient', 'cubic-bezier', 'steps'],
])
/** What an SVG says beside: movements of its shapes. */
const SVG_FUNCTIONS = new Set([...FUNCTIONS, 'translate', 'scale', 'rotate', 'matrix', 'skewx', 'skewy', 'drop-shadow', 'blur'])

/**
 * Why these tokens of a value are refused; undefined when they load nothing. The tokenizer has undone escapes in names, so
 * `u\72l(` is `url(` here. `isSvg` lets a part of the same picture be named: `url(#shade)`.
 */
export function refusedValue(tokens: readonly CSSToken[], { isSvg = false } = {}): string | undefined {
  for (const [index, token] of tokens.entries()) {
    if (isTokenBadString(token) || isTokenBadURL(token)) return 'a text or address in it does not end'
    if (isTokenURL(token)) {
      if (!isSvg || !token[4].value.startsWith('#')) return 'url() would load something'
      continue
    }
    if (!isTokenFunction(token)) continue
    const name = token[4].value.toLowerCase()
    const given = tokens[index + 1]
    if (isSvg && name === 'url' && isTokenString(given) && given[4].value.startsWith('#')) continue
    if (name === 'url' || name === 'src') return `${name}() would load something`
    if (!(isSvg ? SVG_FUNCTIONS : FUNCTIONS).has(name)) return `${name}() is not allowed`
  }
  return undefined
}
