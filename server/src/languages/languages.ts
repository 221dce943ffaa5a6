import type { Catalogue } from './catalogue.ts'
import { en } from './en/index.ts'

interface Entry {
  /** The language in its own words, as a person looks for it in a list. */
  readonly name: string
  readonly direction: 'ltr' | 'rtl'
  /** Which conventions of dates and numbers go with it, where the bare language would choose others. */
  readonly locale?: string
  /** Read when the language is first asked for: a server that starts has no time for two dozen. */
  load(): Promise<Catalogue>
}

/** Every language that is complete, by its BCP 47 tag (RFC 5646). */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', locale: 'en-GB', load: () => Promise.resolve(en) },
  da: { name: 'Dansk', direction: 'ltr', load: async () => (await import('./da/index.ts')).catalogue },
  fi: { name: 'Suomi', direction: 'ltr', load: async () => (await import('./fi/index.ts')).catalogue },
  nb: { name: 'Norsk bokmål', direction: 'ltr', load: async () => (await import('./nb/index.ts')).catalogue },
  nl: { name: 'Nederlands', direction: 'ltr', load: async () => (await import('./nl/index.ts')).catalogue },
  sv: { name: 'Svenska', direction: 'ltr', load: async () => (await import('./sv/index.ts')).catalogue },
} as const satisfies Readonly<Record<string, Entry>>

export type Language = keyof typeof LANGUAGES

export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as readonly Language[]

export const DEFAULT_LANGUAGE: Language = 'en'

export function entryOf(language: Language): Entry {
  return LANGUAGES[language]
}
