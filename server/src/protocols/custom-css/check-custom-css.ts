import type { CSSToken } from '@csstools/css-tokenizer'
import { isTokenAtKeyword, isTokenColon, isTokenIdent, isTokenString, isTokenWhitespace, tokenize, TokenType } from '@csstools/css-tokenizer'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { refusedExtent } from './css-extents.ts'
import { isAllowedProperty } from './css-properties.ts'
import { refusedSelectors } from './css-selectors.ts'
import { refusedValue } from './css-values.ts'

export const CUSTOM_CSS_MAX_BYTES = 16 * 1_024
const UNWANTED = /[\u0000-\u0008\u000b\u000e-\u001f\u007f\\]/

/**
 * CSS that an operator wrote, as it may be served on our pages: it changes looks, loads nothing (CSS Syntax Level 3 is read
 * with a tokenizer that follows it), and stays at our own classes. Written anew out of what was understood, so that nothing
 * else gets through; or every refusal, with its line. What is returned was checked itself, and is what a check of it returns.
 */
export function checkCustomCss(css: string): Result<string, readonly string[]> {
  if (Buffer.byteLength(css) > CUSTOM_CSS_MAX_BYTES) return fail([`is larger than ${CUSTOM_CSS_MAX_BYTES / 1_024} KiB`])
  if (!css.isWellFormed()) return fail([`line ${lineOf(css, css.toWellFormed().indexOf('\uFFFD'))}: half a character is not allowed`])
  const unwanted = UNWANTED.exec(css)
  if (unwanted) return fail([`line ${lineOf(css, unwanted.index)}: escapes and control characters are not allowed; write the character itself`])
  const written = rewrite(css)
  if (!written.ok) return written
  // A browser reads what was written, not what was given: where the two could differ, neither is served.
  const again = rewrite(written.value)
  return again.ok && again.value === written.value ? written : fail(['line 1: it reads differently once it is written anew; write it more plainly'])
}

function rewrite(css: string): Result<string, readonly string[]> {
  const reader = new CssReader(css)
  const text = reader.readRules(false)
  return reader.problems.length === 0 ? succeed(text) : fail(reader.problems)
}

function lineOf(css: string, offset: number): number {
  return css.slice(0, offset).split(/\r\n|[\n\r\f]/).length
}

const BRACKETS: readonly TokenType[] = [TokenType.OpenSquare, TokenType.CloseSquare, TokenType.CDO, TokenType.CDC]
const ENDS: readonly TokenType[] = [TokenType.OpenCurly, TokenType.CloseCurly, TokenType.Semicolon]

/** Walks the tokens of one text once, from rule to rule. */
class CssReader {
  readonly problems: string[] = []
  readonly #css: string
  readonly #tokens: readonly CSSToken[]
  #index = 0

  constructor(css: string) {
    this.#css = css
    const all = tokenize({ css }, { onParseError: (error) => this.#refuse(error.sourceStart, 'a text, comment or address does not end') })
    // A comment parts what stands at its sides (CSS Syntax Level 3 section 4.3.2), and so has to leave a blank.
    this.#tokens = all.map((token): CSSToken => (token[0] === TokenType.Comment ? [TokenType.Whitespace, ' ', token[2], token[3], undefined] : token))
  }

  /** Rules up to the end, or up to the brace that ends an `@media` block. */
  readRules(isInMedia: boolean): string {
    const rules: string[] = []
    for (;;) {
      const token = this.#skipWhitespace()
      if (token[0] === TokenType.EOF) {
        if (isInMedia) this.#refuse(token[2], 'a block does not end')
        return rules.join('\n')
      }
      if (isInMedia && token[0] === TokenType.CloseCurly) {
        this.#index += 1
        return rules.join('\n')
      }
      rules.push(isTokenAtKeyword(token) ? this.#readAtRule(token, isInMedia) : this.#readRule(token))
    }
  }

  #readAtRule(token: CSSToken & { 4: { value: string } }, isInMedia: boolean): string {
    const name = token[4].value.toLowerCase()
    const prelude = this.#takeUntil(TokenType.OpenCurly, TokenType.Semicolon)
    const isBlock = this.#next()[0] === TokenType.OpenCurly
    if (name === 'media' && isBlock && !isInMedia) {
      this.#index += 1
      // A brace that closes nothing is read as part of the query, and by a careless reader as an end of something.
      const reason = prelude.some(([type]) => type === TokenType.CloseCurly) ? 'a block does not begin' : refusedValue(prelude)
      if (reason !== undefined) this.#refuse(token[2], reason)
      const rules = this.readRules(true)
      return `${textOf(prelude)} {\n${rules}\n}`
    }
    this.#refuse(token[2], `@${name} is not allowed${name === 'media' ? ' there' : ''}`)
    if (isBlock) this.#skipBlock()
    else this.#index += 1
    return ''
  }

  #readRule(first: CSSToken): string {
    const selectors = this.#takeUntil(TokenType.OpenCurly)
    if (this.#next()[0] !== TokenType.OpenCurly) {
      this.#refuse(first[2], 'a rule has no block')
      return ''
    }
    const reason = refusedSelectors(selectors)
    if (reason !== undefined) this.#refuse(first[2], reason)
    this.#index += 1
    return `${textOf(selectors)} { ${this.#readDeclarations().join('; ')} }`
  }

  #readDeclarations(): string[] {
    const declarations: string[] = []
    for (;;) {
      const token = this.#skipWhitespace()
      if (token[0] === TokenType.EOF) {
        this.#refuse(token[2], 'a block does not end')
        return declarations
      }
      if (token[0] === TokenType.CloseCurly) {
        this.#index += 1
        return declarations
      }
      if (token[0] === TokenType.Semicolon) {
        this.#index += 1
        continue
      }
      const tokens = this.#takeUntil(TokenType.Semicolon, TokenType.CloseCurly, TokenType.OpenCurly)
      if (this.#next()[0] === TokenType.OpenCurly) {
        this.#refuse(token[2], 'rules are not nested')
        this.#skipBlock()
        continue
      }
      declarations.push(this.#readDeclaration(tokens, token))
    }
  }

  #readDeclaration(tokens: readonly CSSToken[], first: CSSToken): string {
    const afterName = tokens.findIndex((token, index) => index > 0 && !isTokenWhitespace(token))
    if (!isTokenIdent(first) || !isTokenColon(tokens[afterName])) {
      this.#refuse(first[2], 'a declaration is "property: value"')
      return ''
    }
    const name = first[4].value.toLowerCase()
    const value = tokens.slice(afterName + 1)
    const reason = isAllowedProperty(name) ? (refusedValue(value) ?? refusedOf(name, value)) : `the property ${name} is not allowed`
    if (reason !== undefined) this.#refuse(first[2], reason)
    return `${name}: ${textOf(value)}`
  }

  /** The tokens before the first of these kinds (or the end), outside of parentheses. */
  #takeUntil(...kinds: TokenType[]): CSSToken[] {
    const from = this.#index
    let depth = 0
    for (;;) {
      const kind = this.#next()[0]
      if (kind === TokenType.EOF || (depth === 0 && kinds.includes(kind))) return this.#tokens.slice(from, this.#index)
      // To a browser an open bracket swallows what we would read as the next rule.
      const isOutOfPlace = BRACKETS.includes(kind) || (depth > 0 && ENDS.includes(kind)) || (depth === 0 && kind === TokenType.CloseParen)
      if (isOutOfPlace) this.#refuse(this.#next()[2], `${this.#next()[1]} is not allowed there`)
      if (kind === TokenType.Function || kind === TokenType.OpenParen) depth += 1
      if (kind === TokenType.CloseParen) depth = Math.max(0, depth - 1)
      this.#index += 1
    }
  }

  #skipBlock(): void {
    let depth = 0
    for (;;) {
      const kind = this.#next()[0]
      if (kind === TokenType.EOF) return
      this.#index += 1
      if (kind === TokenType.OpenCurly) depth += 1
      if (kind === TokenType.CloseCurly && --depth === 0) return
    }
  }

  #skipWhitespace(): CSSToken {
    while (isTokenWhitespace(this.#next())) this.#index += 1
    return this.#next()
  }

  #next(): CSSToken {
    return this.#tokens[this.#index] ?? [TokenType.EOF, '', -1, -1, undefined]
  }

  #refuse(offset: number, reason: string): void {
    this.problems.push(`line ${lineOf(this.#css, offset)}: ${reason}`)
  }
}

function refusedOf(name: string, value: readonly CSSToken[]): string | undefined {
  if (value.some(isTokenString) && name !== 'font-family' && name !== 'font') return 'a text belongs into font-family alone'
  return refusedExtent(name, value)
}

function textOf(tokens: readonly CSSToken[]): string {
  const pieces = tokens.map((token) => (isTokenWhitespace(token) ? ' ' : token[1]))
  return pieces.filter((piece, index) => piece !== ' ' || pieces[index - 1] !== ' ').join('').replace(/^ | $/g, '')
}
