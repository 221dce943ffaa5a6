import type { MailContent } from './mail-content.ts'
import { texts } from './texts.ts'

/** The text/plain part: one paragraph a sentence group, blank lines between, the code alone on its line. */
export function renderText(content: MailContent, brand: string): string {
  const blocks = [
    texts.greeting,
    content.lead.join(' '),
    content.code === undefined ? '' : `    ${content.code}`,
    (content.facts ?? []).map((fact) => `${fact.label}: ${fact.value}`).join('\n'),
    ...content.closing,
    (content.links ?? []).map((link) => `${link.label}: ${link.url}`).join('\n'),
    `-- \n${texts.sentBy(brand)}`,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
