import type { MailRequest } from '../../../domain/mail.ts'
import { toPlainLine } from '../clean-text.ts'
import type { MailContent, MailContext } from '../mail-content.ts'

const MAX_CODE_LENGTH = 32

/** A mail whose link stands for a one-time code, or stands beside it. Opening the link does nothing: its page asks first. */
export function renderLoginLink(request: Extract<MailRequest, { link: string }>, context: MailContext): MailContent {
  const { say, brand } = context
  const words = `mail.${request.template}` as const
  const lifetime = say('mail.code_lifetime', { time: context.formatDuration(context.codeLifetimeMinutes, 'minute') })
  const isCodeBeside = request.code !== undefined
  return {
    subject: say(`${words}.subject`, { brand }),
    heading: say(`${words}.heading`),
    lead: [say(`${words}.lead`, { brand }), ...(isCodeBeside ? [say('mail.link_or_code')] : []), lifetime],
    ...(request.code === undefined ? {} : { code: toPlainLine(request.code, MAX_CODE_LENGTH) }),
    links: [{ label: say(`${words}.open`), url: context.addresses.loginLink(request.link) }],
    closing: [say(`${words}.ignore`), say('mail.link_secrecy')],
  }
}
