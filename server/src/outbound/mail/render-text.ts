import type { MailContent, MailContext } from './mail-content.ts'

/** The text/plain part: one paragraph a sentence group, blank lines between, the code alone on its line. */
export function renderText(content: MailContent, { say, brand, look }: MailContext): string {
  const blocks = [
    say('mail.greeting'),
    content.lead.join(' '),
    content.code === undefined ? '' : `    ${content.code}`,
    (content.facts ?? []).map((fact) => `${fact.label}: ${fact.value}`).join('\n'),
    ...content.closing,
    (content.links ?? []).map((link) => `${link.label}: ${link.url}`).join('\n'),
    `-- \n${[say('mail.sent_by', { brand }), ...(look.footer === undefined ? [] : [look.footer])].join('\n')}`,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
