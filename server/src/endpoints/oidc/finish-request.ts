import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import type Provider from 'oidc-provider'
import { Unavailable } from '../../platform/unavailable.ts'
import type { GrantChange, Grants } from '../../services/grants/index.ts'
import { noteStanding } from './library/browser-session.ts'
import { nameInterval } from './grant-types/device-flow.ts'
import type { UnitOfWork } from './library/unit-of-work.ts'
import { unitOfWork } from './library/unit-of-work.ts'

/**
 * What comes after the library has made up its answer: everything it wants written is written at once, or the answer is void. A fault is
 * told to the log, which the library would not do, and writes nothing.
 */
export function finishRequests(provider: Provider, grants: Pick<Grants, 'commit'>): void {
  provider.on('server_error', (_ctx, error) => {
    unitOfWork().fault = error
  })
  provider.use(async (koa, next) => {
    const ctx = koa as KoaContextWithOIDC
    const unit = unitOfWork()
    try {
      try {
        await next()
      } finally {
        restoreAddress(ctx)
      }
      if (unit.fault === undefined) return await write(ctx, unit, provider, grants)
    } catch (error) {
      // Of the request itself: the library says what is wrong with it.
      if (((error as { status?: number }).status ?? 500) < 500) throw error
      unit.fault = error
      // The library answers what it caught itself in the words of the protocol.
      await refuse(ctx, { status: 500, error: 'server_error', description: 'something went wrong here' })
    }
    unit.report(unit.fault)
    if (!(unit.fault instanceof Unavailable)) return
    await refuse(ctx, { status: 503, error: 'temporarily_unavailable', description: 'try again later', retryAfterSeconds: unit.fault.retryAfterSeconds })
  })
}

async function write(ctx: KoaContextWithOIDC, unit: UnitOfWork, provider: Provider, grants: Pick<Grants, 'commit'>): Promise<void> {
  const { oidc } = ctx as Partial<KoaContextWithOIDC>
  noteStanding(oidc?.session, oidc?.client?.clientId)
  nameInterval(oidc, ctx.body)
  const isParked = unit.changes.some((change) => parks(change, isAnybody(oidc?.client)))
  const refused = isParked ? await unit.takeParking() : undefined
  if (refused) return refuse(ctx, { status: 429, error: 'temporarily_unavailable', description: 'too many requests', ...refused })
  const written = await grants.commit(unit.changes)
  if (written.ok) return
  // Somebody else was faster with the same code, token or request: the answer that was prepared is void.
  const isToken = oidc?.route === 'token'
  ctx.status = 400
  ctx.remove('location')
  ctx.body = { error: isToken ? 'invalid_grant' : 'invalid_request', error_description: isToken ? 'grant request is invalid' : 'the request was answered already', iss: provider.issuer }
}

/** Whoever wants to can speak for it: it shows nothing, or was made by nobody here. */
function isAnybody(client: Client | undefined): boolean {
  return client?.clientAuthMethod === 'none' || client?.['gatepost_is_unknown'] === true
}

const OF_PUBLIC_CLIENTS: ReadonlySet<string> = new Set(['pushed_authorization_request', 'device_code'])

/** Kept for minutes on the word of somebody who has shown nothing yet. */
function parks(change: GrantChange, byAnybody: boolean): boolean {
  return change.change === 'save' && !change.isKnown && (change.kind === 'interaction' || (byAnybody && OF_PUBLIC_CLIENTS.has(change.kind)))
}

async function refuse(ctx: KoaContextWithOIDC, answer: { status: number; error: string; description: string; retryAfterSeconds?: number }): Promise<void> {
  const { status, error, description, retryAfterSeconds } = answer
  ctx.remove('location')
  ctx.status = status
  if (retryAfterSeconds !== undefined) ctx.set('retry-after', String(retryAfterSeconds))
  if (ctx.accepts('json', 'html') !== 'html') {
    ctx.body = { error, error_description: description }
    return
  }
  ctx.type = 'html'
  ctx.body = await unitOfWork().pages.renderError(status, error)
}

/** The log says what was asked, not what the library was told (index.ts). */
function restoreAddress(ctx: KoaContextWithOIDC): void {
  ctx.req.url = (ctx.req as { originalUrl?: string }).originalUrl ?? ctx.req.url
}
