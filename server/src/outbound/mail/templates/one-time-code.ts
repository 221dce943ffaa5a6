import type { MailRequest } from '../../../domain/mail.ts'
import { toPlainLine } from '../clean-text.ts'
import type { MailContent, MailContext } from '../mail-content.ts'

const MAX_CODE_LENGTH = 32

/**
 * A mail that carries a one-time code. The code stays out of the subject, which lock screens show to whoever is near,
 * and there is no link: the code belongs on the page that the reader has open, and a link would train for phishing.
 */
export function renderOneTimeCode(request: Extract<MailRequest, { code: string }>, context: MailContext): MailContent {
  const { say, brand } = context
  const words = `mail.${request.template}` as const
  return {
    subject: say(`${words}.subject`, { brand }),
    heading: say(`${words}.heading`),
    lead: [say(`${words}.lead`, { brand }), say('mail.code_lifetime', { time: context.formatDuration(context.codeLifetimeMinutes, 'minute') })],
    code: toPlainLine(request.code, MAX_CODE_LENGTH),
    closing: [say(`${words}.ignore`), say('mail.code_secrecy')],
  }
}
