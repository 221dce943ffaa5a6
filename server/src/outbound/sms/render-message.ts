import type { MessageRequest } from '../../domain/message.ts'
import type { Wording } from '../../languages/index.ts'
import { toPlainLine } from '../mail/clean-text.ts'

const MAX_BRAND_LENGTH = 40
const MAX_CODE_LENGTH = 32

/**
 * The text of a message. Its last line binds the code to our host (https://wicg.github.io/sms-one-time-codes/): phones
 * offer it for that site only, which a page of somebody else that asks for the code is not.
 */
export function renderMessage(request: MessageRequest, settings: { brandName: string; publicUrl: string }, { say }: Pick<Wording, 'say'>): string {
  const code = toPlainLine(request.code, MAX_CODE_LENGTH)
  const brand = toPlainLine(settings.brandName, MAX_BRAND_LENGTH)
  return `${say(`sms.${request.template}`, { code, brand })}\n\n@${new URL(settings.publicUrl).hostname} #${code}`
}
