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
  ar: { name: 'العربية', direction: 'rtl', load: async () => (await import('./ar/index.ts')).catalogue },
  cs: { name: 'Čeština', direction: 'ltr', load: async () => (await import('./cs/index.ts')).catalogue },
  da: { name: 'Dansk', direction: 'ltr', load: async () => (await import('./da/index.ts')).catalogue },
  de: { name: 'Deutsch', direction: 'ltr', load: async () => (await import('./de/index.ts')).catalogue },
  es: { name: 'Español', direction: 'ltr', load: async () => (await import('./es/index.ts')).catalogue },
  fi: { name: 'Suomi', direction: 'ltr', load: async () => (await import('./fi/index.ts')).catalogue },
  fr: { name: 'Français', direction: 'ltr', load: async () => (await import('./fr/index.ts')).catalogue },
  he: { name: 'עברית', direction: 'rtl', load: async () => (await import('./he/index.ts')).catalogue },
  id: { name: 'Bahasa Indonesia', direction: 'ltr', load: async () => (await import('./id/index.ts')).catalogue },
  it: { name: 'Italiano', direction: 'ltr', load: async () => (await import('./it/index.ts')).catalogue },
  ja: { name: '日本語', direction: 'ltr', load: async () => (await import('./ja/index.ts')).catalogue },
  ko: { name: '한국어', direction: 'ltr', load: async () => (await import('./ko/index.ts')).catalogue },
  nb: { name: 'Norsk bokmål', direction: 'ltr', load: async () => (await import('./nb/index.ts')).catalogue },
  nl: { name: 'Nederlands', direction: 'ltr', load: async () => (await import('./nl/index.ts')).catalogue },
  pl: { name: 'Polski', direction: 'ltr', load: async () => (await import('./pl/index.ts')).catalogue },
  'pt-BR': { name: 'Português (Brasil)', direction: 'ltr', load: async () => (await import('./pt-BR/index.ts')).catalogue },
  ro: { name: 'Română', direction: 'ltr', load: async () => (await import('./ro/index.ts')).catalogue },
  ru: { name: 'Русский', direction: 'ltr', load: async () => (await import('./ru/index.ts')).catalogue },
  sv: { name: 'Svenska', direction: 'ltr', load: async () => (await import('./sv/index.ts')).catalogue },
  th: { name: 'ไทย', direction: 'ltr', load: async () => (await import('./th/index.ts')).catalogue },
  tr: { name: 'Türkçe', direction: 'ltr', load: async () => (await import('./tr/index.ts')).catalogue },
  uk: { name: 'Українська', direction: 'ltr', load: async () => (await import('./uk/index.ts')).catalogue },
  vi: { name: 'Tiếng Việt', direction: 'ltr', load: async () => (await import('./vi/index.ts')).catalogue },
  'zh-CN': { name: '简体中文', direction: 'ltr', load: async () => (await import('./zh-CN/index.ts')).catalogue },
  'zh-TW': { name: '繁體中文', direction: 'ltr', load: async () => (await import('./zh-TW/index.ts')).catalogue },
} as const satisfies Readonly<Record<string, Entry>>

export type Language = keyof typeof LANGUAGES

export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as readonly Language[]

export const DEFAULT_LANGUAGE: Language = 'en'

export function entryOf(language: Language): Entry {
  return LANGUAGES[language]
}
