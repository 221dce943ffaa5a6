import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { chooseLanguage } from './choose-language.ts'
import { en } from './en/index.ts'
import type { Language } from './languages.ts'
import { LANGUAGES, LANGUAGE_TAGS } from './languages.ts'
import { loadWording } from './wording.ts'

const IDS = Object.keys(en) as (keyof typeof en)[]
const placesOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted()
/** Right-to-left and other marks that a text of ours has no use for, and the signs of markup. */
const STRANGE = /[\u0000-\u001f<>\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/

test('no sentence bears a name that another one has: of two the later file would win, unseen', async () => {
  const files = (await readdir(new URL('./en/', import.meta.url))).filter((file) => file !== 'index.ts')
  const parts = await Promise.all(files.map(async (file) => Object.values((await import(`./en/${file}`)) as Record<string, object>)))
  const names = parts.flat().flatMap((part) => Object.keys(part))
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([])
  expect(names.length).toBe(IDS.length)
})

describe.each(LANGUAGE_TAGS)('the catalogue of %s', (tag) => {
  test('has every sentence and no other, with the places of the English one', async () => {
    const catalogue = await LANGUAGES[tag].load()
    expect(Object.keys(catalogue).toSorted()).toEqual(IDS.toSorted())
    for (const id of IDS) expect(placesOf(catalogue[id]), id).toEqual(placesOf(en[id]))
  })

  test('has plain text only, and no blank at an end', async () => {
    const catalogue = await LANGUAGES[tag].load()
    for (const id of IDS) {
      expect(catalogue[id], id).not.toMatch(STRANGE)
      expect(catalogue[id], id).toBe(catalogue[id].trim())
      expect(catalogue[id], id).not.toBe('')
    }
  })

  test('is translated: few sentences read as in English', async () => {
    const catalogue = await LANGUAGES[tag].load()
    const same = IDS.filter((id) => catalogue[id] === en[id])
    if (tag !== 'en') expect(same.length, same.join(', ')).toBeLessThan(IDS.length / 10)
  })

  test('writes times, days and durations in its own way', async () => {
    const wording = await loadWording(tag)
    const instant = Date.UTC(2026, 10, 22, 14, 5)
    expect(wording.formatTime(instant)).toMatch(/UTC$/)
    expect(wording.formatDate(instant)).not.toBe('')
    expect(wording.formatDuration(30, 'day')).not.toBe('')
    expect(wording.direction).toBe(['ar', 'he', 'fa', 'ur'].includes(tag) ? 'rtl' : 'ltr')
  })
})

test('every catalogue is read from a file of its own, once', async () => {
  for (const tag of LANGUAGE_TAGS) expect(await loadWording(tag)).toBe(await loadWording(tag))
})

describe('the language to speak', () => {
  const choose = (acceptLanguage: string | undefined, ...wanted: string[]): Language => chooseLanguage(wanted, acceptLanguage)

  test('is English when nobody asks, or asks for what there is not', () => {
    for (const header of [undefined, '', '*', 'tlh', 'x-private', ';q=1', 'en;q=0', 'tlh, xx;q=0.3']) expect(choose(header)).toBe('en')
  })

  test('takes no part of what is no list of languages', () => {
    expect(choose('<script>, __proto__, constructor')).toBe('en')
    expect(choose(`${'aa,'.repeat(10_000)}en`)).toBe('en')
  })
})
