import { z } from 'zod'
import type { AttributeDefinition, AttributeFault, AttributeProblem } from '../../domain/profile/attribute.ts'
import { ADDRESS_PARTS } from '../../domain/profile/attribute.ts'
import type { FieldProblem, Refusal } from '../../http/error-codes.ts'
import { refuse } from '../../http/error-codes.ts'
import type { ProfileEntry } from '../../services/profiles/index.ts'
import { iso, uuidText } from './shapes.ts'
import type { EmailRecord } from '../../services/accounts/index.ts'

const MAX_ATTRIBUTES_AT_ONCE = 100
const addressPart = z.string().max(2_000)

/** OpenID Connect Core section 5.1.1. */
const AddressClaim = z.strictObject(Object.fromEntries(ADDRESS_PARTS.map((part) => [part, addressPart.optional()])))
const AttributeValue = z.union([z.string().max(4_000), z.number(), z.boolean(), AddressClaim])

/** A list, not an object: what a request may hold is closed, and which names there are is a setting. */
export const AttributeChanges = z
  .array(z.strictObject({ name: z.string().min(1).max(64), value: z.union([AttributeValue, z.null()]).meta({ description: 'null forgets the value.' }) }))
  .min(1)
  .max(MAX_ATTRIBUTES_AT_ONCE)
  .refine((list) => new Set(list.map((one) => one.name)).size === list.length, 'names one twice')

/** What a request says, by name. */
export function toAttributeValues(list: z.infer<typeof AttributeChanges> | undefined): Record<string, unknown> {
  return Object.fromEntries((list ?? []).map((one) => [one.name, one.value]))
}

export const Profile = z
  .object({
    display_name: z.string().nullable(),
    picture_url: z.string().nullable(),
    attributes: z.array(
      z.object({
        name: z.string(),
        label: z.string().nullable().meta({ description: 'null for a standard claim of OpenID Connect, whose name says what it is.' }),
        type: z.string(),
        value: z.union([AttributeValue, z.null()]),
        is_writable: z.boolean(),
        minimum: z.number().nullable(),
        maximum: z.number().nullable(),
        values: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'Profile' })

export function toProfileAttribute({ definition, value }: ProfileEntry): z.infer<typeof Profile>['attributes'][number] {
  const { name, label, type, minimum, maximum, values, access } = definition
  return { name, label, type, value: value, is_writable: access.person === 'write', minimum, maximum, values: [...values] }
}

/** An attribute that a new account needs, with what its value is held to. */
export const AskedAttribute = z
  .object({
    name: z.string(),
    label: z.string().nullable(),
    type: z.string(),
    required: z.literal(true),
    minimum: z.number().nullable(),
    maximum: z.number().nullable(),
    values: z.array(z.string()),
  })
  .meta({ id: 'AskedAttribute' })

export function toAskedAttribute({ name, label, type, minimum, maximum, values }: AttributeDefinition): z.infer<typeof AskedAttribute> {
  return { name, label, type, required: true, minimum, maximum, values: [...values] }
}

export const Email = z
  .object({ id: uuidText, email: z.string(), is_primary: z.boolean(), verified_at: z.iso.datetime().nullable(), created_at: z.iso.datetime() })
  .meta({ id: 'Email' })

export function toEmail({ id, display, isPrimary, verifiedAt, createdAt }: EmailRecord): z.infer<typeof Email> {
  return { id, email: display, is_primary: isPrimary, verified_at: verifiedAt === null ? null : iso(verifiedAt), created_at: iso(createdAt) }
}

const MESSAGES: Record<AttributeProblem, string> = {
  wrong_type: 'The value is not of the type of this attribute.',
  unusable_text: 'The text holds characters that cannot be shown.',
  too_short: 'The text is too short.',
  too_long: 'The text is too long.',
  too_small: 'The number is too small.',
  too_large: 'The number is too large.',
  not_whole: 'This must be a whole number.',
  not_listed: 'This is none of the values that can be chosen.',
  not_a_date: 'This is no date, such as 1815-12-10.',
  not_a_phone_number: 'This is no phone number with its country, such as +442079460000.',
  not_an_email: 'This is no email address.',
  not_a_url: 'This is no web address that begins with https:// or http://.',
  not_a_country: 'This is no country code of two letters (ISO 3166-1).',
  not_a_time_zone: 'This is no time zone of the IANA database, such as Europe/London.',
  not_a_language: 'This is no language tag, such as en-GB.',
  not_writable: 'There is no such attribute, or it cannot be changed here.',
  taken: 'Another account has this value.',
  required: 'This cannot be left out.',
}

export function refuseAttributes(faults: readonly AttributeFault[], field = 'attributes'): Refusal {
  const fields = faults.map(({ name, problem }): FieldProblem => ({ field: `${field}.${name}`, code: problem, message: MESSAGES[problem] }))
  return refuse('invalid_request', { details: { fields } })
}
