import { account } from './account.ts'
import { applications } from './applications.ts'
import { links } from './links.ts'
import { messages } from './messages.ts'
import { phone } from './phone.ts'
import { phoneMessages } from './phone-messages.ts'
import { policies } from './policies.ts'
import { profile } from './profile.ts'
import { signIn } from './sign-in.ts'
import { signUp } from './sign-up.ts'

/**
 * Every sentence that a person reads, in the language all others are translated from. `{name}` is a place that is filled
 * in. No sentence tells whether an account exists: a stranger reads the same words as the owner.
 */
export const en = { ...signIn, ...account, ...applications, ...links, ...messages, ...phone, ...phoneMessages, ...policies, ...profile, ...signUp } as const
