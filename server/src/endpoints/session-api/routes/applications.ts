import { z } from 'zod'
import { CLIENT_ID_FORM } from '../../../domain/oauth-client.ts'
import { refuse } from '../../../http/error-codes.ts'
import { route } from '../route.ts'
import { iso } from '../shapes.ts'

const Application = z
  .object({
    client_id: z.string(),
    name: z.string(),
    first_party: z.boolean().meta({ description: 'Trusted by this server: its access is not asked for, and comes back with the next sign-in there.' }),
    scopes: z.array(z.string()),
    since: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable().meta({ description: 'When it was last given a code or a token; null where nothing of it is left.' }),
    sign_in_uri: z.string().nullable().meta({ description: 'Opened in a browser, begins a sign-in at the application (`initiate_login_uri` with `iss`); null where it named no such address.' }),
  })
  .meta({ id: 'Application' })

export const listApplications = route({
  method: 'GET',
  path: '/applications',
  operationId: 'listApplications',
  summary: 'The OAuth clients that have access to the account, by consent or by what they were granted; by name.',
  access: 'user',
  needsCsrf: false,
  success: { status: 200, body: z.object({ applications: z.array(Application) }) },
  errors: [],
  async handle({ deps, caller }) {
    const applications = (await deps.applications.list(caller!.user.id)).map((one) => ({
      client_id: one.clientId,
      name: one.name,
      first_party: one.isFirstParty,
      scopes: [...one.scopes],
      since: iso(one.since),
      last_used_at: one.lastUsedAt === null ? null : iso(one.lastUsedAt),
      sign_in_uri: one.signInUri,
    }))
    return { status: 200, body: { applications } }
  },
})

export const removeApplication = route({
  method: 'DELETE',
  path: '/applications/:client_id',
  operationId: 'removeApplication',
  summary: 'Takes the access of a client away, with the consent and every token, at once; wants no recent proof.',
  access: 'user',
  needsCsrf: true,
  params: z.strictObject({ client_id: z.string().regex(CLIENT_ID_FORM) }),
  success: { status: 204 },
  errors: ['not_found'],
  async handle({ deps, caller, params, requester }) {
    return (await deps.applications.remove(caller!.user.id, params.client_id, requester)) ? { status: 204 } : refuse('not_found')
  },
})
