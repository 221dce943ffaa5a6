import { parseEmail } from '../email.ts'
import type { Result } from '../result.ts'
import { fail, succeed } from '../result.ts'
import type { Address, AddressPart, AttributeDefinition, AttributeProblem, AttributeValue, ClaimType } from './attribute.ts'
import { ADDRESS_PARTS } from './attribute.ts'
import { COUNTRIES } from './countries.ts'

type Checked = Result<AttributeValue, AttributeProblem>

/** What any text of a profile is held to, whatever a setting allows. */
export const ATTRIBUTE_TEXT_MAX_LENGTH = 1_000
const ADDRESS_MAX_LENGTH = 400
const YEAR = /^\d{4}$/
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
/** ITU-T E.164: a plus sign and up to 15 digits, no leading zero. */
const PHONE = /^\+[1-9]\d{6,14}$/

/** The value as it is stored, in its one spelling; or what is wrong with it. */
export function checkAttribute(definition: AttributeDefinition, value: unknown): Checked {
  switch (definition.type) {
    case 'boolean':
      return typeof value === 'boolean' ? succeed(value) : fail('wrong_type')
    case 'number':
    case 'integer':
      return checkNumber(definition, value)
    case 'address':
      return checkAddress(value)
    case 'string':
    case 'enum':
    case 'date':
    case 'birthdate':
    case 'phone':
    case 'email':
    case 'url':
    case 'country':
    case 'time_zone':
    case 'language':
      return typeof value === 'string' ? checkText({ ...definition, type: definition.type }, value) : fail('wrong_type')
  }
}

function checkNumber({ type, minimum, maximum }: AttributeDefinition, value: unknown): Checked {
  if (typeof value !== 'number' || !Number.isFinite(value)) return fail('wrong_type')
  if (type === 'integer' && !Number.isSafeInteger(value)) return fail('not_whole')
  if (minimum !== null && value < minimum) return fail('too_small')
  if (maximum !== null && value > maximum) return fail('too_large')
  // Minus zero is written as zero.
  return succeed(value === 0 ? 0 : value)
}

type TextDefinition = AttributeDefinition & { readonly type: Exclude<ClaimType, 'boolean' | 'number' | 'integer' | 'address'> }

function checkText(definition: TextDefinition, given: string): Checked {
  const text = given.normalize('NFC').trim()
  if (!isReadable(text)) return fail('unusable_text')
  const length = [...text].length
  if (length > ATTRIBUTE_TEXT_MAX_LENGTH) return fail('too_long')
  switch (definition.type) {
    case 'enum':
      return definition.values.includes(text) ? succeed(text) : fail('not_listed')
    case 'date':
      return isDate(text) ? succeed(text) : fail('not_a_date')
    case 'birthdate':
      return isBirthdate(text) ? succeed(text) : fail('not_a_date')
    case 'phone': {
      const number = text.replace(/[\s().-]/g, '')
      return PHONE.test(number) ? succeed(number) : fail('not_a_phone_number')
    }
    case 'email': {
      const email = parseEmail(text)
      return email.ok ? succeed(email.value.display) : fail('not_an_email')
    }
    case 'url':
      return isWebAddress(text) ? succeed(text) : fail('not_a_url')
    case 'country': {
      const country = text.toUpperCase()
      return COUNTRIES.has(country) ? succeed(country) : fail('not_a_country')
    }
    case 'time_zone':
      return isTimeZone(text) ? succeed(text) : fail('not_a_time_zone')
    case 'language': {
      const tag = canonicalLanguage(text)
      return tag === undefined ? fail('not_a_language') : succeed(tag)
    }
    case 'string':
      if (length < Math.max(definition.minimum ?? 1, 1)) return fail('too_short')
      return length <= (definition.maximum ?? ATTRIBUTE_TEXT_MAX_LENGTH) ? succeed(text) : fail('too_long')
  }
}

/** OpenID Connect Core section 5.1.1; `formatted` and `street_address` may have several lines. */
function checkAddress(value: unknown): Checked {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail('wrong_type')
  const address: Partial<Record<AddressPart, string>> = {}
  for (const [part, given] of Object.entries(value)) {
    if (!ADDRESS_PARTS.includes(part as AddressPart) || typeof given !== 'string') return fail('wrong_type')
    const text = given.normalize('NFC').replaceAll('\r\n', '\n').trim()
    if (!isReadable(text.replaceAll('\n', ' '))) return fail('unusable_text')
    if ([...text].length > ADDRESS_MAX_LENGTH) return fail('too_long')
    if (text !== '') address[part as AddressPart] = text
  }
  return Object.keys(address).length === 0 ? fail('too_short') : succeed(address as Address)
}

/** What a reader does not see (UAX #44, Default_Ignorable_Code_Point): some of it shapes what stands beside. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
/** Joins and varies what is seen, as in emoji and in the spellings of a name. */
const SHAPING = /[\u200d\p{Variation_Selector}]/gu

/**
 * No control, line-breaking or direction-changing characters, which would mislead whoever reads the text, and none that
 * cannot be seen, but for those that shape what can.
 */
function isReadable(text: string): boolean {
  if (!text.isWellFormed() || (text !== '' && text.replace(INVISIBLE, '').trim() === '')) return false
  return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(text.replace(SHAPING, ''))
}

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? []
  return year !== undefined && Number(year) > 0 && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysOf(Number(year), Number(month))
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** OpenID Connect Core section 5.1: the year may be 0000 where it is left out, or stand alone. 0000 counts as a leap year. */
function isBirthdate(text: string): boolean {
  return YEAR.test(text) || isDate(text.replace(/^0000-/, '2000-'))
}

function isWebAddress(text: string): boolean {
  try {
    const { protocol, username, password, hostname } = new URL(text)
    return /^https?:\/\//i.test(text) && (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' && hostname !== ''
  } catch {
    return false
  }
}

function isTimeZone(text: string): boolean {
  try {
    // Offsets such as +01:00 are taken too, which are no names of the IANA database.
    return /^[A-Za-z]/.test(text) && new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** BCP 47, in its canonical spelling. */
function canonicalLanguage(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0]
  } catch {
    return undefined
  }
}

/** The one spelling under which two values are the same: what looks alike for what cannot be seen is one value. */
export function uniqueSpelling(value: AttributeValue): string {
  return typeof value === 'string' ? value.replace(INVISIBLE, '').normalize('NFKC').toLowerCase() : JSON.stringify(value).replace(INVISIBLE, '')
}
