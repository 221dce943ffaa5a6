/** Names that say where things were put, wherever in a name they stand. */
const DRAWERS = new Set(['util', 'utils', 'utility', 'utilities', 'helper', 'helpers', 'manager', 'managers'])
/** A drawer only as the last word: "common-passwords" is a list of the field, "http-common" is a drawer. */
const DRAWERS_AT_THE_END = new Set(['common', 'misc'])
const WORD_BREAK = /[^a-zA-Z]+|(?<=[a-z])(?=[A-Z])/
const EXTENSIONS = /(\.test)?\.[a-z]+$/
export const MAX_FILE_LINES = 500
const MIN_REASON_CHARACTERS = 10

/** ESLint wants its reason after two dashes; TypeScript's follows the directive. */
const SUPPRESSIONS = [
  { directive: /(?:\/\/|\/\*)\s*eslint-disable(?:-next-line|-line)?\b(?<rest>[^\n]*)/g, reason: /\s--\s+(?<why>.*?)(?:\*\/)?$/ },
  { directive: /(?:\/\/|\/\*)\s*@ts-(?:expect-error|nocheck)\b(?<rest>[^\n]*)/g, reason: /^[\s:-]*(?<why>.*?)(?:\*\/)?$/ },
]
/** Hides errors that are not there yet: `@ts-expect-error` says when it is no longer needed. */
const NEVER = /(?:\/\/|\/\*)\s*@ts-ignore\b/g

/** True when a folder's or file's name says where things were put instead of what they are. */
export function isDrawer(path: string): boolean {
  const name = path.split('/').at(-1)?.replace(EXTENSIONS, '') ?? ''
  const words = name.split(WORD_BREAK).map((word) => word.toLowerCase())
  return words.some((word) => DRAWERS.has(word)) || DRAWERS_AT_THE_END.has(words.at(-1) ?? '')
}

export function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

/** The suppressions in a text that give no reason, as they are written. */
export function suppressionsWithoutReason(text: string): string[] {
  const without = SUPPRESSIONS.flatMap(({ directive, reason }) =>
    [...text.matchAll(directive)].filter(({ groups }) => {
      const why = reason.exec(groups?.['rest']?.trimEnd() ?? '')?.groups?.['why'] ?? ''
      return why.trim().length < MIN_REASON_CHARACTERS
    }),
  )
  return [...without, ...text.matchAll(NEVER)].map(([written]) => written.trim())
}
