import { Readable } from 'node:stream'
import { z } from 'zod'
import { EXPORT_FILE_NAME } from '../../../services/exports/index.ts'
import { actorOf } from '../../../services/sessions/index.ts'
import { requireRecentAuthentication } from '../reauthentication.ts'
import { route } from '../route.ts'
import { uuidText } from '../shapes.ts'

const instant = z.iso.datetime()
const seen = { user_agent: z.string(), ip: z.string(), created_at: instant }
const named = z.array(z.object({ name: z.string(), created_at: instant, last_used_at: instant.nullable() }))

const AccountExport = z
  .object({
    exported_at: instant,
    id: uuidText,
    created_at: instant,
    profile: z.record(z.string(), z.unknown()),
    username: z.string().nullable(),
    emails: z.array(z.object({ email: z.string(), is_primary: z.boolean(), verified_at: instant.nullable(), created_at: instant })),
    phones: z.array(z.object({ phone: z.string(), verified_at: instant, created_at: instant })),
    roles: z.array(z.string()),
    authenticators: z.object({
      password: z.object({ updated_at: instant }).nullable(),
      passkeys: named,
      authenticator_apps: named,
      recovery_codes_left: z.int(),
      trusted_devices: z.array(z.object({ ...seen, expires_at: instant })),
    }),
    consents: z.array(z.object({ client_id: z.string(), scopes: z.array(z.string()), created_at: instant, updated_at: instant })),
    sessions: z.array(z.object({ id: uuidText, ...seen, last_used_at: instant, ended_at: instant.nullable(), ended_reason: z.string().nullable() })),
    events: z.array(
      z.object({
        type: z.string(),
        occurred_at: instant,
        session_id: z.string().nullable(),
        ip: z.string().nullable(),
        user_agent: z.string().nullable(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: 'AccountExport' })

export const exportAccount = route({
  method: 'GET',
  path: '/account/export',
  operationId: 'exportAccount',
  summary: 'Everything that is kept about the person in one file, secrets aside; wants a recent proof.',
  access: 'user',
  takesAnonymous: true,
  needsCsrf: false,
  success: { status: 200, body: AccountExport },
  errors: ['recent_authentication_required'],
  async handle(call) {
    const { deps } = call
    const actor = actorOf(call)
    const begun = await deps.exports.begin(actor)
    if (!begun.ok) return requireRecentAuthentication(deps, actor)
    const headers = { 'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="${EXPORT_FILE_NAME}"` }
    return { status: 200, body: Readable.from(begun.value), headers }
  },
})
