import type { Catalogue } from '../catalogue.ts'
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

export const catalogue: Catalogue = { ...signIn, ...account, ...applications, ...links, ...messages, ...phone, ...phoneMessages, ...policies, ...profile, ...signUp }
