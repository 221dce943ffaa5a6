import type { KoaContextWithOIDC } from 'oidc-provider'
import type { OAuthClientId } from '../../../domain/ids.ts'
import { CLIENT_USE_NOTED_MS } from '../../../services/clients/index.ts'
import { unitOfWork } from '../library/unit-of-work.ts'

/** Clients whose use this process noted: more than are used in a day, or the one that was noted first is noted again. */
const REMEMBERED = 10_000

/** Notes, once a day, that a client which registered itself was given tokens: one that is not goes after a while. */
export function createUseNotes(now: () => number): (ctx: KoaContextWithOIDC) => void {
  const noted = new Map<string, number>()
  return (ctx) => {
    const { oidc } = ctx as Partial<KoaContextWithOIDC>
    const client = oidc?.client
    if (oidc?.route !== 'token' || ctx.status !== 200 || client?.['gatepost_is_registered'] !== true) return
    if (now() - (noted.get(client.clientId) ?? 0) < CLIENT_USE_NOTED_MS) return
    noted.delete(client.clientId)
    noted.set(client.clientId, now())
    const oldest = noted.size > REMEMBERED ? noted.keys().next().value : undefined
    if (oldest !== undefined) noted.delete(oldest)
    unitOfWork().changes.push({ change: 'note_client_use', clientId: client.clientId as OAuthClientId })
  }
}
