import { z } from 'zod'
import { route } from '../route.ts'
import { CurrentUser, toCurrentUser } from '../shapes.ts'

export const getUser = route({
  method: 'GET',
  path: '/user',
  operationId: 'getCurrentUser',
  summary: 'Who is signed in.',
  access: 'user',
  needsCsrf: false,
  success: { status: 200, body: CurrentUser },
  errors: [],
  handle: async ({ caller }) => ({ status: 200, body: toCurrentUser(caller!) }),
})

export const Capabilities = z
  .object({
    signup: z.object({ open: z.boolean(), verification: z.enum(['required', 'off']) }),
    login: z.object({ identifiers: z.array(z.enum(['email', 'username'])), authentications: z.array(z.enum(['password', 'email_code', 'passkey'])) }),
    organization_mode: z.literal('personal'),
    has_visible_organizations: z.literal(false),
    allows_invitations: z.literal(false),
    allows_public_organization_management: z.literal(false),
    allows_org_switching: z.literal(false),
    allows_user_created_team_orgs: z.literal(false),
    allows_organization_leave: z.literal(false),
  })
  .meta({ id: 'Capabilities' })

export const getCapabilities = route({
  method: 'GET',
  path: '/capabilities',
  operationId: 'getCapabilities',
  summary: 'What this installation offers, so that clients show only what works.',
  access: 'user',
  needsCsrf: false,
  success: { status: 200, body: Capabilities },
  errors: [],
  async handle({ deps }) {
    const passkey = deps.passkeys.isOffered ? (['passkey'] as const) : []
    return {
      status: 200,
      body: {
        signup: { open: deps.isSignupOpen, verification: deps.signupVerification },
        login: { identifiers: ['email', 'username'], authentications: ['password', 'email_code', ...passkey] },
        organization_mode: 'personal',
        has_visible_organizations: false,
        allows_invitations: false,
        allows_public_organization_management: false,
        allows_org_switching: false,
        allows_user_created_team_orgs: false,
        allows_organization_leave: false,
      },
    }
  },
})
