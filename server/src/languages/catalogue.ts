import type { en } from './en/index.ts'

/** The name of a sentence. */
export type TextId = keyof typeof en

/** All sentences in one language: a missing one does not compile, nor does one that no page says any more. */
export type Catalogue = Readonly<Record<TextId, string>>

/** What stands in the places of a sentence, by name. */
export type Places = Readonly<Record<string, string | number>>

/** The sentence `id` with its `{name}` places filled in: plain text, still to be escaped where it lands in HTML. */
export type Say = (id: TextId, places?: Places) => string
