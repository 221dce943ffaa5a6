import { z } from 'zod'
import { parseEmail } from '../../../domain/email.ts'
import type { Policy } from '../../../flow/index.ts'

/** More belongs into an application of its own. */
const MAX_ALLOWED = 500

/** `@example.com` or one address, normalised as account keys are; undefined for anything else. */
function normaliseAllowed(entry: string): string | undefined {
  const isDomain = entry.trim().startsWith('@')
  const parsed = parseEmail(isDomain ? `anybody${entry.trim()}` : entry)
  if (!parsed.ok) return undefined
  return isDomain ? parsed.value.key.slice('anybody'.length) : parsed.value.key
}

/** Who may sign up: fields of the group `signup`. */
export const signupAdmission = {
  mode: z
    .enum(['open', 'invitation', 'allow_list', 'closed'])
    .default('open')
    .meta({
      description:
        'Who may make an account, on every way to one: anybody, whoever was invited (`gatepost users invite`), whoever has an address that `allowed` lists, nobody. An invitation admits in every mode but `closed`.',
    }),
  allowed: z
    .array(z.string().max(320).refine((entry) => normaliseAllowed(entry) !== undefined, 'must be an address or a domain such as @example.com'))
    .max(MAX_ALLOWED)
    .default([])
    .meta({ description: 'With `allow_list`: addresses (`person@example.org`) and domains (`@example.com`, without those below it).' }),
}

interface SignupAdmission {
  readonly mode: 'open' | 'invitation' | 'allow_list' | 'closed'
  readonly allowed: readonly string[]
}

export function namesSomebody({ mode, allowed }: SignupAdmission): boolean {
  return mode !== 'allow_list' || allowed.length > 0
}

/** Of an address that nobody proved a list says nothing. */
export function provesListed({ mode, verification }: Pick<SignupAdmission, 'mode'> & { readonly verification: 'required' | 'optional' | 'off' }): boolean {
  return mode !== 'allow_list' || verification === 'required'
}

export function signupPolicyOf({ mode, allowed }: SignupAdmission): Pick<Policy['signup'], 'isOpen' | 'admission'> {
  switch (mode) {
    case 'open':
      return { isOpen: true }
    case 'closed':
      return { isOpen: false }
    case 'invitation':
      return { isOpen: true, admission: { by: 'invitation' } }
    case 'allow_list':
      return { isOpen: true, admission: { by: 'allow_list', allowed: allowed.flatMap((entry) => normaliseAllowed(entry) ?? []) } }
  }
}
