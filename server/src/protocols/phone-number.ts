import type { NumberType } from 'libphonenumber-js/max'
import type { E164, PhoneFailure, PhoneNumber } from '../domain/phone.ts'
import type { Result } from '../domain/result.ts'
import { fail, succeed } from '../domain/result.ts'

/** Room for E.164's fifteen digits and the punctuation that people put between them. */
const MAX_TYPED_LENGTH = 40
/** Digits of any script and the separators of ITU-T E.123; letters, extensions and URI parameters are no part of a number. */
const TYPED_NUMBER = /^\+?[\p{Nd}\s()./-]+$/u
/** Marks of direction and width that come along when a number is copied out of an address book. */
const INVISIBLE = /\p{Cf}/gu
const DASHES = /\p{Pd}/gu

const REACHABLE: ReadonlySet<NumberType> = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE', 'VOIP'])
/** Each of these bills more than a plain call or message. */
const COSTLY: ReadonlySet<NumberType> = new Set(['PREMIUM_RATE', 'SHARED_COST', 'PERSONAL_NUMBER', 'UAN'])

/**
 * One telephone number that people can be reached at, as an account key: E.164, valid by the numbering plan of its
 * country. Without a leading `+` it is read as of `defaultCountry` (ISO 3166-1 alpha-2); without that it is refused.
 * Numbers that belong to no country (satellite, international services) are refused: no allow-list could name them.
 * The numbering plans are loaded at the first call: they are large, and most installations never need them.
 */
export async function parsePhone(text: string, defaultCountry?: string): Promise<Result<PhoneNumber, PhoneFailure>> {
  const typed = text.normalize('NFKC').replace(INVISIBLE, '').replace(DASHES, '-').trim()
  if (typed.length > MAX_TYPED_LENGTH || !TYPED_NUMBER.test(typed)) return fail('invalid_phone')
  const { default: parse, isSupportedCountry } = await import('libphonenumber-js/max')
  const country = defaultCountry !== undefined && isSupportedCountry(defaultCountry) ? { defaultCountry } : {}
  const number = parse(typed, { extract: false, ...country })
  if (!number?.isValid() || number.country === undefined) return fail(isCostly(number?.getType()) ? 'premium_rate_phone' : 'invalid_phone')
  const type = number.getType()
  if (isCostly(type)) return fail('premium_rate_phone')
  if (!REACHABLE.has(type)) return fail('invalid_phone')
  return succeed({ key: number.number as E164, display: number.formatInternational(), country: number.country })
}

function isCostly(type: NumberType | undefined): boolean {
  return type !== undefined && COSTLY.has(type)
}
