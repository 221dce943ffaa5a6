import { toPlainLine } from '../clean-text.ts'
import type { MailContent, MailContext } from '../mail-content.ts'
import { texts } from '../texts.ts'

interface CodeTexts {
  readonly subject: (brand: string) => string
  readonly heading: string
  readonly lead: (brand: string) => string
  readonly ignore: string
}

const MAX_CODE_LENGTH = 32

/**
 * A mail that carries a one-time code. The code stays out of the subject, which lock screens show to whoever is near,
 * and there is no link: the code belongs on the page that the reader has open, and a link would train for phishing.
 */
export function renderOneTimeCode(code: string, words: CodeTexts, context: MailContext): MailContent {
  return {
    subject: words.subject(context.brand),
    heading: words.heading,
    lead: [words.lead(context.brand), texts.codeLifetime(context.codeLifetimeMinutes)],
    code: toPlainLine(code, MAX_CODE_LENGTH),
    closing: [words.ignore, texts.codeSecrecy],
  }
}
