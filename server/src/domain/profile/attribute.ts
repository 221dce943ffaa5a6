/** What an operator may declare beside the standard claims. */
export const ATTRIBUTE_TYPES = ['string', 'number', 'integer', 'boolean', 'enum', 'date', 'phone', 'email', 'url', 'country'] as const
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number]

/** Types of standard claims that no declared attribute has. */
export type ClaimType = AttributeType | 'birthdate' | 'time_zone' | 'language' | 'address'

/** Who may do what. `read` for the token: it is handed to applications. */
export interface AttributeAccess {
  readonly person: 'hidden' | 'read' | 'write'
  readonly token: 'hidden' | 'read'
  readonly admin: 'hidden' | 'read' | 'write'
}

export interface AttributeDefinition {
  /** What it is stored under and called on the wire; never changes. */
  readonly name: string
  /** What pages call it; null for a standard claim, whose words the pages have themselves. */
  readonly label: string | null
  readonly type: ClaimType
  /** Bounds of a number, or of the length of a text in code points. */
  readonly minimum: number | null
  readonly maximum: number | null
  /** What an enum may be. */
  readonly values: readonly string[]
  /** No two accounts have the same value. */
  readonly isUnique: boolean
  readonly isRequiredAtSignup: boolean
  readonly access: AttributeAccess
}

/** OpenID Connect Core section 5.1.1. */
export const ADDRESS_PARTS = ['street_address', 'locality', 'region', 'postal_code', 'country', 'formatted'] as const
export type AddressPart = (typeof ADDRESS_PARTS)[number]
export type Address = Readonly<Partial<Record<AddressPart, string>>>

export type AttributeValue = string | number | boolean | Address

export type AttributeProblem =
  | 'wrong_type'
  | 'unusable_text'
  | 'too_short'
  | 'too_long'
  | 'too_small'
  | 'too_large'
  | 'not_whole'
  | 'not_listed'
  | 'not_a_date'
  | 'not_a_phone_number'
  | 'not_an_email'
  | 'not_a_url'
  | 'not_a_country'
  | 'not_a_time_zone'
  | 'not_a_language'
  /** Not an attribute the person may write, whether or not there is one of that name. */
  | 'not_writable'
  | 'taken'
  | 'required'

export interface AttributeFault {
  readonly name: string
  readonly problem: AttributeProblem
}

/** A standard claim as a definition. */
export function claimDefinition(name: string, type: ClaimType, access: AttributeAccess): AttributeDefinition {
  return { name, label: null, type, minimum: null, maximum: null, values: [], isUnique: false, isRequiredAtSignup: false, access }
}
