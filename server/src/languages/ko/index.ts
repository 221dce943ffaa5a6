import type { Catalogue } from '../catalogue.ts'
import { account } from './account.ts'
import { messages } from './messages.ts'
import { phoneMessages } from './phone-messages.ts'
import { policies } from './policies.ts'
import { profile } from './profile.ts'
import { signIn } from './sign-in.ts'

export const catalogue: Catalogue = { ...signIn, ...account, ...messages, ...phoneMessages, ...policies, ...profile }
