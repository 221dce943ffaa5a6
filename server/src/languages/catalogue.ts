import type { account } from './en/account.ts'
import type { applications } from './en/applications.ts'
import type { en } from './en/index.ts'
import type { links } from './en/links.ts'
import type { messages } from './en/messages.ts'
import type { phoneMessages } from './en/phone-messages.ts'
import type { phone } from './en/phone.ts'
import type { policies } from './en/policies.ts'
import type { profile } from './en/profile.ts'
import type { signIn } from './en/sign-in.ts'
import type { signUp } from './en/sign-up.ts'

/** The name of a sentence. */
export type TextId = keyof typeof en

/** All sentences in one language. */
export type Catalogue = Readonly<Record<TextId, string>>

/** The parts of a catalogue, one file each: in a literal of these types a missing sentence and a stale one do not compile. */
export type SignIn = Readonly<Record<keyof typeof signIn, string>>
export type Account = Readonly<Record<keyof typeof account, string>>
export type Applications = Readonly<Record<keyof typeof applications, string>>
export type Links = Readonly<Record<keyof typeof links, string>>
export type Messages = Readonly<Record<keyof typeof messages, string>>
export type Phone = Readonly<Record<keyof typeof phone, string>>
export type PhoneMessages = Readonly<Record<keyof typeof phoneMessages, string>>
export type Policies = Readonly<Record<keyof typeof policies, string>>
export type Profile = Readonly<Record<keyof typeof profile, string>>
export type SignUp = Readonly<Record<keyof typeof signUp, string>>

/** What stands in the places of a sentence, by name. */
export type Places = Readonly<Record<string, string | number>>

/** The sentence `id` with its `{name}` places filled in: plain text, still to be escaped where it lands in HTML. */
export type Say = (id: TextId, places?: Places) => string
