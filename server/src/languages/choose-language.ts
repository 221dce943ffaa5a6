import type { Language } from './languages.ts'
import { DEFAULT_LANGUAGE, LANGUAGE_TAGS } from './languages.ts'

/** More than any person reads; what follows costs time and nothing else. */
const MAX_RANGES = 20

/** Tags that are known by another name, or whose bare language is one of several here. */
const ALIASES: Readonly<Record<string, Language>> = {
  in: 'id',
  iw: 'he',
  nn: 'nb',
  no: 'nb',
  pt: 'pt-BR',
  zh: 'zh-CN',
  'zh-hans': 'zh-CN',
  'zh-hant': 'zh-TW',
  'zh-hk': 'zh-TW',
  'zh-mo': 'zh-TW',
}

/** By their tags in lower case: tags have no case (RFC 5646 section 2.1.1). */
const BY_TAG: ReadonlyMap<string, Language> = new Map([
  ...LANGUAGE_TAGS.map((language) => [language.toLowerCase(), language] as const),
  ...Object.entries(ALIASES),
])

/**
 * The language to speak: the first of `wanted` (BCP 47 tags in order of preference) that there is, else the best of an
 * `Accept-Language` header, else English. A range is looked up by taking subtags off its end (RFC 4647 section 3.4).
 */
export function chooseLanguage(wanted: readonly string[], acceptLanguage: string | undefined): Language {
  for (const range of [...wanted.slice(0, MAX_RANGES), ...rangesOf(acceptLanguage ?? '')]) {
    const found = lookUp(range)
    if (found) return found
  }
  return DEFAULT_LANGUAGE
}

/** RFC 9110 section 12.5.4: by quality, then in the order written; quality 0 is not wanted at all. */
function rangesOf(header: string): string[] {
  return header
    .split(',', MAX_RANGES)
    .map((part) => {
      const [range = '', ...parameters] = part.trim().split(/\s*;\s*/)
      const quality = parameters.find((one) => one.startsWith('q='))?.slice(2)
      return { range, quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ range, quality }) => range !== '' && quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
    .map(({ range }) => range)
}

function lookUp(range: string): Language | undefined {
  const subtags = range.toLowerCase().split('-')
  for (let length = subtags.length; length > 0; length -= 1) {
    const found = BY_TAG.get(subtags.slice(0, length).join('-'))
    if (found) return found
  }
  return undefined
}
