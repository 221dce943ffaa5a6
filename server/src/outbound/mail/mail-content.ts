import type { Wording } from '../../languages/index.ts'
import type { MailLook } from './mail-look.ts'

/** What a mail says, before it is text or HTML. Both renderings come from this one value, so they cannot disagree. */
export interface MailContent {
  readonly subject: string
  readonly heading: string
  /** The sentences before the code, facts and links. */
  readonly lead: readonly string[]
  readonly code?: string
  readonly facts?: readonly MailFact[]
  readonly links?: readonly MailLink[]
  /** The sentences after them. */
  readonly closing: readonly string[]
}

export interface MailFact {
  readonly label: string
  readonly value: string
}

export interface MailLink {
  readonly label: string
  /** Made by `MailAddresses`, never out of the request. */
  readonly url: string
}

/** What a template knows beside the request, and the language it speaks. */
export interface MailContext extends Wording {
  readonly brand: string
  readonly look: MailLook
  readonly codeLifetimeMinutes: number
  readonly addresses: MailAddresses
}

/** The only addresses a mail links to: all from the configured origin, so that no request header can bend one. */
export interface MailAddresses {
  readonly login: string
  readonly resetPassword: string
  readonly settings: string
  /** Where the secret of an invitation is taken. */
  invitation(secret: string): string
  /** Where the secret of a link that stands for a code is taken. */
  loginLink(secret: string): string
  readonly support: string | undefined
}
