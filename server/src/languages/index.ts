/**
 * Owns: every sentence that a person reads, in every language, and which language to speak. Does not own: where a sentence
 * stands on a page or in a mail.
 */
export { chooseLanguage } from './choose-language.ts'
export type { Catalogue, Places, Say, TextId } from './catalogue.ts'
export { LANGUAGES } from './languages.ts'
export type { Language } from './languages.ts'
export { findSentenceProblems, overrideWording } from './override-wording.ts'
export { DEFAULT_WORDING, loadWording } from './wording.ts'
export type { Wording } from './wording.ts'
