import type { PhoneFailure, PhoneNumber } from '../../domain/phone.ts'
import type { Result } from '../../domain/result.ts'
import { parsePhone } from '../../protocols/phone-number.ts'
import type { MessagingSettings } from '../settings/index.ts'

/** A number as people type it: where one country alone is written to, a number without `+` is one of that country. */
export function readTypedPhone(text: string, { allowed_countries: countries }: Pick<MessagingSettings, 'allowed_countries'>): Promise<Result<PhoneNumber, PhoneFailure>> {
  const [only, ...others] = countries
  return others.length === 0 ? parsePhone(text, only) : parsePhone(text)
}
