import type { Catalogue, Places, Say } from './catalogue.ts'
import type { Language } from './languages.ts'
import { DEFAULT_LANGUAGE, entryOf } from './languages.ts'
import { en } from './en/index.ts'

/** A language at work: its sentences, and how it writes times and numbers. */
export interface Wording {
  readonly language: Language
  readonly direction: 'ltr' | 'rtl'
  readonly say: Say
  /** An instant (milliseconds UTC) to the minute, in UTC: the server does not know the reader's time zone. */
  formatTime(instant: number): string
  /** The day of an instant (milliseconds UTC). */
  formatDate(instant: number): string
  /** Such as `30 days`, with the plural that the language has. */
  formatDuration(amount: number, unit: 'day' | 'minute'): string
}

const PLACE = /\{(\w+)\}/g

export function createWording(language: Language, catalogue: Catalogue): Wording {
  const { direction, locale = language } = entryOf(language)
  // Made when first used: they take 30 milliseconds, which a server that starts has no time for.
  let time: Intl.DateTimeFormat | undefined
  let date: Intl.DateTimeFormat | undefined
  return {
    language,
    direction,
    say: (id, places) => fillPlaces(catalogue[id], places),
    formatTime: (instant) => `${(time ??= new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })).format(instant)} UTC`,
    formatDate: (instant) => (date ??= new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })).format(instant),
    formatDuration: (amount, unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount),
  }
}

/** Puts what is given into the `{name}` places of a sentence. */
export function fillPlaces(sentence: string, places: Places = {}): string {
  return sentence.replace(PLACE, (place, name: string) => String(places[name] ?? place))
}

/** What is said where no language could be chosen. */
export const DEFAULT_WORDING: Wording = createWording(DEFAULT_LANGUAGE, en)

const loaded = new Map<Language, Promise<Wording>>([[DEFAULT_LANGUAGE, Promise.resolve(DEFAULT_WORDING)]])

/** The wording of a language, read once. */
export function loadWording(language: Language): Promise<Wording> {
  const known = loaded.get(language)
  if (known) return known
  const wording = entryOf(language)
    .load()
    .then((catalogue) => createWording(language, catalogue))
  loaded.set(language, wording)
  wording.catch(() => loaded.delete(language))
  return wording
}
