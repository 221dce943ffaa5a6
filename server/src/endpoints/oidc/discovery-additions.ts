import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Settings } from '../../services/settings/index.ts'
import { REGISTRATION_PATH } from './clients/registration.ts'

/** What the settings of the moment add to the discovery documents (RFC 8414 section 2). */
export async function addToDiscovery(ctx: KoaContextWithOIDC, { issuer, settings }: { issuer: string; settings: Pick<Settings, 'document'> }): Promise<void> {
  if ((ctx as Partial<KoaContextWithOIDC>).oidc?.route !== 'discovery' || ctx.method === 'OPTIONS') return
  const { policy, metadata_documents: documents } = (await settings.document()).client_registration
  ctx.body = {
    ...(ctx.body as object),
    ...(policy === 'off' ? {} : { registration_endpoint: `${issuer}${REGISTRATION_PATH}` }),
    ...(documents === 'off' ? {} : { client_id_metadata_document_supported: true }),
  }
}
