import type { LinkName } from '../../../domain/branding/index.ts'
import type { Wording } from '../../../languages/index.ts'

/** What every page needs to know beside its own model, and the language it speaks. */
export interface Frame extends Wording {
  /** `''` when the server has a host of its own, else such as `/auth`. */
  readonly basePath: string
  /** Addresses of the static files. */
  readonly assets: {
    readonly css: string
    readonly mailboxCss: string
    readonly script: string
    readonly passkeys: string
    readonly passwordMeter: string
    readonly sprite: string
    readonly favicon: string
    /** What a tenant's branding adds to `css`; none while everything is as we made it. */
    readonly branding?: string
  }
  readonly logo?: { readonly light: string; readonly dark?: string }
  readonly links?: Partial<Readonly<Record<LinkName, string>>>
  readonly brandName: string
  readonly csrfToken: string
  /** Who is signed in, shown in the header of account pages and on the sign-out page. */
  readonly signedInAs?: string
  /** Who is signed in has no account to come back to. */
  readonly isAnonymous?: true
  /** Where this page, or the one whose form it answers, can be asked for again; nothing where that would lose what it shows. */
  readonly here?: Here
  /** Local path the person returns to. */
  readonly returnTo: string
}

export interface Here {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** What was typed into the form that this page answers: sent once more, never put into an address. */
  readonly typed?: Readonly<Record<string, string>>
}

/** For what is shown this once: nothing leads away from it by asking again in another language. */
export function shownOnce(frame: Frame): Frame {
  const { here: _, ...rest } = frame
  return rest
}

/** A sentence above the form, about what happened before this page. */
export interface Banner {
  readonly tone: 'info' | 'success' | 'error'
  readonly text: string
}

/** How the form of a flow screen is sent. */
export interface ScreenForm {
  readonly action: string
  /** Sealed flow state for the hidden field `state`; `''` before the flow has one. */
  readonly state: string
  /** What was typed as identifier, kept. */
  readonly identifier: string
  /** What was typed into the other fields, by name; kept after an error. */
  readonly typed?: Readonly<Record<string, string>>
  readonly banner?: Banner
  /** Where the script asks what to ask the authenticator; set where a passkey is taken. */
  readonly passkeyOptions?: string
  /** Where the script hears that the mailed link was approved elsewhere. */
  readonly eventsUrl?: string
  /** Whoever asks for a mail gets a link and no code. */
  readonly isLinkMailed?: boolean
}
