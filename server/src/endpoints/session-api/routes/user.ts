import { z } from 'zod'
import { route } from '../route.ts'
import { AUTHENTICATION_NAMES, SECOND_FACTOR_NAMES } from '../factor-names.ts'
import { CurrentUser, toCurrentUser } from '../shapes.ts'

export const getUser = route({
  method: 'GET',
  path: '/user',
  operationId: 'getCurrentUser',
  summary: 'Who is signed in.',
  access: 'user',
  takesAnonymous: true,
  needsCsrf: false,
  success: { status: 200, body: CurrentUser },
  errors: [],
  handle: async ({ deps, caller }) => ({ status: 200, body: toCurrentUser(caller!, await deps.profiles.claimsOf(caller!.user.id)) }),
})

export const Capabilities = z
  .object({
    signup: z.object({ open: z.boolean(), verification: z.enum(['required', 'optional', 'off']) }),
    login: z.object({ identifiers: z.array(z.enum(['email', 'username'])), authentications: z.array(z.enum(['password', 'email_code', 'passkey'])) }),
    second_factor: z.object({ mode: z.enum(['off', 'optional', 'required']), authentications: z.array(z.enum(['totp', 'email_code', 'passkey', 'recovery_code'])) }),
    account_deletion: z.object({ offered: z.boolean(), grace_days: z.int() }),
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
  takesAnonymous: true,
  needsCsrf: false,
  success: { status: 200, body: Capabilities },
  errors: [],
  async handle({ deps }) {
    const { signup, login, secondFactor } = await deps.settings.policy()
    const { isOffered, graceDays } = await deps.deletions.offer()
    return {
      status: 200,
      body: {
        signup: { open: signup.isOpen && signup.admission?.by !== 'invitation', verification: signup.verification },
        login: { identifiers: login.identifications.filter((one) => one !== 'passkey'), authentications: login.authentications.map((one) => AUTHENTICATION_NAMES[one]) },
        second_factor: { mode: secondFactor.mode, authentications: secondFactor.authentications.map((one) => SECOND_FACTOR_NAMES[one]) },
        account_deletion: { offered: isOffered, grace_days: graceDays },
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
