import { z } from 'zod'
import type { AttributeAccess, AttributeDefinition } from '../../../domain/profile/attribute.ts'
import { ATTRIBUTE_TYPES, claimDefinition } from '../../../domain/profile/attribute.ts'
import { ATTRIBUTE_TEXT_MAX_LENGTH } from '../../../domain/profile/check-attribute.ts'
import type { StandardClaim } from '../../../domain/profile/standard-claims.ts'
import { RESERVED_CLAIMS, STANDARD_CLAIM_NAMES, STANDARD_CLAIMS } from '../../../domain/profile/standard-claims.ts'

/** As many as one form can sensibly ask. */
const MAX_ATTRIBUTES = 50
const MAX_ENUM_VALUES = 200

const readOrWrite = z.enum(['hidden', 'read', 'write'])
const Access = z.strictObject({
  person: readOrWrite.default('write'),
  token: z.enum(['hidden', 'read']).default('read'),
  admin: readOrWrite.default('write'),
})

const Attribute = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower case letters, digits and _, beginning with a letter'),
    label: z.string().trim().min(1).max(100).nullable().default(null),
    type: z.enum(ATTRIBUTE_TYPES),
    minimum: z.number().nullable().default(null),
    maximum: z.number().nullable().default(null),
    values: z.array(z.string().trim().min(1).max(100)).max(MAX_ENUM_VALUES).default([]),
    is_unique: z.boolean().default(false),
    required_at_signup: z.boolean().default(false),
    access: Access.prefault({}),
  })
  .check(({ value, issues }) => {
    const refuse = (message: string, path: string) => issues.push({ code: 'custom', message, path: [path], input: value })
    const isBounded = value.type === 'string' || value.type === 'number' || value.type === 'integer'
    if (RESERVED_CLAIMS.includes(value.name)) refuse('is the name of a standard claim', 'name')
    if (!isBounded && (value.minimum !== null || value.maximum !== null)) refuse(`bounds are for string, number and integer, not ${value.type}`, 'minimum')
    if (value.minimum !== null && value.maximum !== null && value.minimum > value.maximum) refuse('is above the maximum', 'minimum')
    if (value.type === 'string' && (value.maximum ?? 0) > ATTRIBUTE_TEXT_MAX_LENGTH) refuse(`is at most ${ATTRIBUTE_TEXT_MAX_LENGTH} for a text`, 'maximum')
    if (value.type === 'enum' && value.values.length === 0) refuse('must list what an enum may be', 'values')
    if (value.type !== 'enum' && value.values.length > 0) refuse('is for enum alone', 'values')
    if (new Set(value.values).size !== value.values.length) refuse('names one twice', 'values')
    if (value.is_unique && value.type === 'boolean') refuse('a boolean cannot be unique', 'is_unique')
    if (value.required_at_signup && value.access.person !== 'write') refuse('needs access.person: write', 'required_at_signup')
  })

/** What a person may tell about themself. */
export const ProfileSettings = z
  .strictObject({
    standard: z
      .partialRecord(z.enum(STANDARD_CLAIM_NAMES), Access)
      .default({})
      .meta({
        description: `Access to standard claims of OpenID Connect where it differs from \`{person: write, token: read, admin: write}\`: ${STANDARD_CLAIM_NAMES.join(', ')}. \`person\` and \`admin\` are \`hidden\`, \`read\` or \`write\`, \`token\` is \`hidden\` or \`read\`.`,
      }),
    attributes: z
      .array(Attribute)
      .max(MAX_ATTRIBUTES)
      .refine((list) => new Set(list.map((one) => one.name)).size === list.length, 'names one twice')
      .default([])
      .meta({
        description: `Further attributes: \`{name, label, type, minimum, maximum, values, is_unique, required_at_signup, access}\`. \`type\` is one of ${ATTRIBUTE_TYPES.join(', ')}; \`minimum\` and \`maximum\` bound a number or the length of a string; \`label\` is what pages say and may change, \`name\` is what values are kept under. A value of an attribute that is not declared any more is kept. \`is_unique\` counts what is written from then on, and tells whoever tries a value that somebody has it.`,
      }),
  })
  .prefault({})

const DEFAULT_ACCESS: AttributeAccess = { person: 'write', token: 'read', admin: 'write' }

/** Standard claims first, then the declared attributes in their order. */
export function attributesOf({ standard, attributes }: z.infer<typeof ProfileSettings>): AttributeDefinition[] {
  const claims = Object.entries(STANDARD_CLAIMS).map(([name, type]) => claimDefinition(name, type, standard[name as StandardClaim] ?? DEFAULT_ACCESS))
  const declared = attributes.map((one) => ({
    name: one.name,
    label: one.label,
    type: one.type,
    minimum: one.minimum,
    maximum: one.maximum,
    values: one.values,
    isUnique: one.is_unique,
    isRequiredAtSignup: one.required_at_signup,
    access: one.access,
  }))
  return [...claims, ...declared]
}
