/** Controls (C0, C1), invisible and direction-changing format characters, and the Unicode line and paragraph separators. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

/**
 * One printable line of at most `maxLength` characters out of any text. A value that keeps its line breaks could forge
 * further lines of a mail, and one that keeps direction marks could show itself as another.
 */
export function toPlainLine(text: string, maxLength: number): string {
  const line = text.toWellFormed().replace(INVISIBLE, ' ').replace(/\s+/gu, ' ').trim()
  const characters = [...line]
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('').trimEnd()}…` : line
}
