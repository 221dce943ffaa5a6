import type { CSSToken } from '@csstools/css-tokenizer'
import { isTokenColon, isTokenComma, isTokenDelim, isTokenFunction, isTokenIdent, isTokenWhitespace, TokenType } from '@csstools/css-tokenizer'

const OWN_CLASS = /^gp-[a-z0-9-]+$/
const PSEUDOS = new Set([
  ...['hover', 'focus', 'focus-visible', 'focus-within', 'active', 'visited', 'link', 'disabled', 'checked', 'first-child', 'last-child', 'only-child'],
  ...['user-invalid', 'placeholder', 'selection', 'marker'],
])
const PSEUDO_FUNCTIONS = new Set(['nth-child', 'nth-last-child', 'nth-of-type'])
const COMBINATORS = ['>', '+', '~']

/**
 * Why a selector list is refused; undefined when each of its selectors begins at a class of ours (`.gp-…`) and names only
 * such classes, elements and states. Attribute selectors are out: they read what people type.
 */
export function refusedSelectors(tokens: readonly CSSToken[]): string | undefined {
  const lists: CSSToken[][] = [[]]
  for (const token of tokens) {
    if (isTokenComma(token)) lists.push([])
    else lists.at(-1)?.push(token)
  }
  return lists.map(refusedSelector).find((reason) => reason !== undefined)
}

function refusedSelector(tokens: readonly CSSToken[]): string | undefined {
  const ends = tokens.filter((token) => !isTokenWhitespace(token))
  if (isCombinator(ends[0]) || isCombinator(ends.at(-1))) return 'a selector is missing'
  const compounds = splitCompounds(tokens)
  const [first] = compounds
  if (!first || first.length === 0) return 'a selector is missing'
  const reason = compounds.map(refusedCompound).find((one) => one !== undefined)
  if (reason !== undefined) return reason
  const isOurs = first.some((token, index) => isDot(token) && isTokenIdent(first[index + 1]))
  return isOurs ? undefined : 'a selector begins at a class .gp-…, such as .gp-page h1'
}

function splitCompounds(tokens: readonly CSSToken[]): CSSToken[][] {
  const compounds: CSSToken[][] = [[]]
  for (const token of tokens) {
    const isBreak = isTokenWhitespace(token) || isCombinator(token)
    if (!isBreak) compounds.at(-1)?.push(token)
    else if (compounds.at(-1)?.length !== 0) compounds.push([])
  }
  return compounds.filter((compound, index) => index === 0 || compound.length > 0)
}

function refusedCompound(tokens: readonly CSSToken[]): string | undefined {
  let index = 0
  if (isTokenIdent(tokens[0])) index = 1
  while (index < tokens.length) {
    const [token, next] = [tokens[index], tokens[index + 1]]
    if (isDot(token) && isTokenIdent(next)) {
      if (!OWN_CLASS.test(next[4].value)) return `.${next[4].value} is not a class .gp-…`
      index += 2
    } else if (isTokenColon(token)) {
      const step = isTokenColon(next) ? 2 : 1
      const name = tokens[index + step]
      if (isTokenIdent(name) && PSEUDOS.has(name[4].value.toLowerCase())) index += step + 1
      else if (isTokenFunction(name) && PSEUDO_FUNCTIONS.has(name[4].value.toLowerCase())) index = endOfFunction(tokens, index + step)
      else return `${name?.[1] ?? ''} is not a state that may be named`.trim()
    } else {
      return `${token?.[1] ?? ''} is not allowed in a selector`
    }
  }
  return undefined
}

function isCombinator(token: CSSToken | undefined): boolean {
  return isTokenDelim(token) && COMBINATORS.includes(token[4].value)
}

function isDot(token: CSSToken | undefined): boolean {
  return isTokenDelim(token) && token[4].value === '.'
}

function endOfFunction(tokens: readonly CSSToken[], from: number): number {
  const end = tokens.findIndex((token, index) => index > from && token[0] === TokenType.CloseParen)
  return end < 0 ? tokens.length : end + 1
}
