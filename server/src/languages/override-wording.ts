import { en } from './en/index.ts'
import { LANGUAGE_TAGS } from './languages.ts'
import type { Wording } from './wording.ts'
import { fillPlaces } from './wording.ts'

/** A tenant's own sentences, by language and key. */
export type OwnSentences = Readonly<Record<string, Readonly<Record<string, string>>>>

export const OWN_SENTENCE_MAX_LENGTH = 500
/** A tenant may name itself in a sentence or not; what else stands in a place is what the sentence is about. */
const ANYWHERE = 'brand'

/** The wording with a tenant's own sentences in the place of ours; each of them may name the tenant. */
export function overrideWording(wording: Wording, { name: brand, texts }: { readonly name: string; readonly texts: OwnSentences }): Wording {
  const sentences = Object.hasOwn(texts, wording.language) ? texts[wording.language] : undefined
  if (!sentences) return wording
  return {
    ...wording,
    say: (id, places) => (Object.hasOwn(sentences, id) ? fillPlaces(sentences[id] ?? '', { brand, ...places }) : wording.say(id, places)),
  }
}

/** What is wrong with own sentences: languages and keys that there are none of, places that nothing is put into or that are lost. */
export function findSentenceProblems(own: OwnSentences): { path: readonly string[]; message: string }[] {
  return Object.entries(own).flatMap(([language, sentences]) => {
    if (!LANGUAGE_TAGS.some((tag) => tag === language)) return [{ path: [language], message: `is not a language here; there are ${LANGUAGE_TAGS.join(', ')}` }]
    return Object.entries(sentences).flatMap(([id, sentence]) => {
      const message = problemOf(id, sentence)
      return message === undefined ? [] : [{ path: [language, id], message }]
    })
  })
}

function problemOf(id: string, sentence: string): string | undefined {
  if (!Object.hasOwn(en, id)) return 'is not the key of a sentence'
  if (sentence.trim() === '' || sentence.length > OWN_SENTENCE_MAX_LENGTH || /\p{Cc}/u.test(sentence)) {
    return `must be one line of 1 to ${OWN_SENTENCE_MAX_LENGTH} characters`
  }
  const [ours, given] = [placesIn(en[id as keyof typeof en]), placesIn(sentence)]
  const known = [...new Set([...ours, ANYWHERE])]
  const unknown = given.find((place) => !known.includes(place))
  if (unknown !== undefined) return `has a place {${unknown}} that nothing is put into; there is ${known.map((place) => `{${place}}`).join(', ')}`
  const lost = ours.find((place) => place !== ANYWHERE && !given.includes(place))
  return lost === undefined ? undefined : `leaves out {${lost}}`
}

function placesIn(sentence: string): string[] {
  return [...sentence.matchAll(/\{(\w*)\}/g)].map(([, name]) => name ?? '')
}
