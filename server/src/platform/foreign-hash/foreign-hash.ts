/** A hash that another system made, ready to be compared with a password. */
export interface ForeignHash {
  /** How it was made, e.g. `bcrypt`; for people and events. */
  readonly algorithm: string
  /** Takes the password's UTF-8 bytes as other systems do. Costs what the hash's parameters say, off the event loop when that is long. */
  verify(password: string): Promise<boolean>
}

export type ParsedForeignHash = { readonly ok: true; readonly hash: ForeignHash } | Refused

/** `reason` completes "the hash ..." and never repeats the hash. */
export interface Refused {
  readonly ok: false
  readonly reason: string
}

/** One way of writing hashes. */
export interface HashFormat {
  /** True when the text claims to be written this way; it may still be refused. */
  recognises(text: string): boolean
  parse(text: string): ParsedForeignHash
}

export function refuse(reason: string): Refused {
  return { ok: false, reason }
}
