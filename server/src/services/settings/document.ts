import { parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Policy } from '../../flow/index.ts'
import { DEFAULT_POLICY } from '../../flow/index.ts'
import { messaging } from './groups/messaging.ts'
import { passwordGroup, passwordRulesOf } from './groups/password.ts'

/** A declared file is small; larger is a mistake. */
export const SETTINGS_MAX_BYTES = 256 * 1_024
const MAX_TRUSTED_DEVICE_DAYS = 365

const uniqueList = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z
    .array(z.enum(values))
    .min(1, 'must name at least one')
    .refine((list) => new Set(list).size === list.length, 'names one twice')

const { signup, login, secondFactor } = DEFAULT_POLICY

/** What an operator declares, in its wire spelling; whatever is left out has its default. */
export const SettingsDocument = z.strictObject({
  signup: z
    .strictObject({
      mode: z.enum(['open', 'closed']).default(signup.isOpen ? 'open' : 'closed').meta({ description: 'Whether strangers may make an account.' }),
      verification: z
        .enum(['required', 'off'])
        .default(signup.verification)
        .meta({ description: '`required`: an account exists only once the code sent to its address came back.' }),
    })
    .prefault({}),
  login: z
    .strictObject({
      identifications: uniqueList(['email', 'username', 'passkey'])
        .default([...login.identifications])
        .meta({ description: 'What a person may sign in under.' }),
      authentications: uniqueList(['primary_password', 'primary_oob_otp_email', 'primary_passkey'])
        .default([...login.authentications])
        .meta({ description: 'First proofs, in order of preference: the first is what the page asks for.' }),
    })
    .prefault({}),
  second_factor: z
    .strictObject({
      mode: z
        .enum(['off', 'optional', 'required'])
        .default(secondFactor.mode)
        .meta({ description: '`optional`: asked of whoever set one up. `required`: whoever has none sets one up at the next sign-in.' }),
      authentications: uniqueList(['secondary_totp', 'recovery_code'])
        .default([...secondFactor.authentications])
        .refine((list) => list.some((one) => one !== 'recovery_code'), 'recovery_code alone is no second factor')
        .meta({ description: 'Second proofs that count.' }),
      grace_until: z.iso
        .datetime({ offset: true, error: 'must be an instant such as 2027-01-31T00:00:00Z' })
        .nullable()
        .default(null)
        .meta({ description: 'With `required`: until then only those who have a factor are asked.' }),
      trusted_device_days: z
        .int()
        .min(0)
        .max(MAX_TRUSTED_DEVICE_DAYS)
        .default(secondFactor.trustedDeviceDays)
        .meta({ description: 'How long a browser may be spared the second factor at its owner\'s wish; 0 never.' }),
    })
    .prefault({}),
  messaging,
  password: passwordGroup,
})

export type SettingsDocument = z.infer<typeof SettingsDocument>

/** One problem a line: where it is and what is wrong. */
export type SettingsProblems = readonly string[]

/** YAML 1.2 or JSON (which is YAML) to a whole document, or every problem in it. */
export function parseSettings(text: string): Result<SettingsDocument, SettingsProblems> {
  if (Buffer.byteLength(text) > SETTINGS_MAX_BYTES) return fail([`the file is larger than ${SETTINGS_MAX_BYTES / 1_024} KiB`])
  const document = parseDocument(text, { uniqueKeys: true, schema: 'core' })
  if (document.errors.length > 0) return fail(document.errors.map((error) => error.message.split('\n')[0] ?? error.code))
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 }) ?? {}
  } catch {
    return fail(['aliases (*name) are not taken'])
  }
  const parsed = SettingsDocument.safeParse(value)
  return parsed.success ? succeed(parsed.data) : fail(parsed.error.issues.flatMap(describe))
}

function describe(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${[...path, key].join('.')}: is not a setting`)
  return [`${path.join('.') || 'the file'}: ${issue.message}`]
}

/** Every setting, spelled out. */
export function writeSettings(document: SettingsDocument): string {
  return stringify(document, { flowCollectionPadding: false, lineWidth: 0 })
}

export const DEFAULT_SETTINGS: SettingsDocument = SettingsDocument.parse({})

/** The part of the settings that the flow engine follows. */
export function policyOf({ signup, login, second_factor: factor, password }: SettingsDocument, offersPasskeys = true): Policy {
  return {
    signup: { isOpen: signup.mode === 'open', verification: signup.verification },
    login: {
      identifications: login.identifications.filter((one) => offersPasskeys || one !== 'passkey'),
      authentications: login.authentications.filter((one) => offersPasskeys || one !== 'primary_passkey'),
    },
    secondFactor: {
      mode: factor.mode,
      authentications: factor.authentications,
      graceUntil: factor.grace_until === null ? null : Date.parse(factor.grace_until),
      trustedDeviceDays: factor.trusted_device_days,
    },
    password: passwordRulesOf(password),
  }
}
