import type { AddressInfo } from 'node:net'
import { startAccountDeletion } from '../jobs/delete-accounts.ts'
import { startLogoutDelivery } from '../jobs/deliver-logouts.ts'
import { startOutboxDelivery } from '../jobs/deliver-outbox.ts'
import { startPurge } from '../jobs/purge-expired.ts'
import { checkSchema, migrateUp } from '../persistence/index.ts'
import { systemClock } from '../platform/clock.ts'
import type { Config } from './config/load-config.ts'
import type { App, Surroundings } from './compose.ts'
import { compose } from './compose.ts'
import { StartRefused } from './start-refused.ts'

export interface RunningServer {
  readonly app: App
  readonly port: number
  /** Not ready at once, requests under way finish, jobs stop, connections close. Bounded by `DRAIN_TIMEOUT_MS`. */
  stop(): Promise<void>
}

const DRAIN_TIMEOUT_MS = 25_000

function refusalOf(error: NodeJS.ErrnoException, { host, port }: Config): StartRefused | undefined {
  if (error.code === 'EADDRINUSE') return new StartRefused(`port ${port} is in use: set PORT to another one, or stop what listens there`)
  if (error.syscall === 'listen' || error.syscall === 'getaddrinfo') {
    return new StartRefused(`cannot listen on ${host}, port ${port} (${error.code}): set HOST and PORT to what this machine has and allows`)
  }
  return undefined
}

export async function startServer(config: Config, surroundings: Surroundings = {}): Promise<RunningServer> {
  const app = await compose(config, surroundings)
  try {
    await prepareSchema(app)
    await app.keys.ensureFirstKey()
    await app.listener.listen({ host: config.host, port: config.port })
  } catch (error) {
    await app.close()
    throw refusalOf(error as NodeJS.ErrnoException, config) ?? error
  }
  await warnOfSettings(app)
  const jobs = [startOutboxDelivery(app), startLogoutDelivery(app), startPurge(app), startAccountDeletion(app)]
  for (const job of jobs) job.wake()
  const { port } = app.listener.server.address() as AddressInfo

  async function stop(): Promise<void> {
    app.health.drain()
    const drained = Promise.all([app.listener.close(), ...jobs.map((job) => job.stop())])
    const late = new Promise<void>((resolve) => setTimeout(resolve, DRAIN_TIMEOUT_MS).unref())
    await Promise.race([drained, late])
    app.listener.server.closeAllConnections()
    await app.close()
  }
  return { app, port, stop }
}

/** Settings that cannot be read are told by whatever asks for them. */
async function warnOfSettings({ settings, logger }: App): Promise<void> {
  for (const line of await settings.listNotInForce().catch(() => [])) logger.warn({}, `settings: ${line}`)
}

async function prepareSchema({ config, database, logger }: App): Promise<void> {
  if (config.migrateOnStart) {
    const report = await migrateUp(database, { clock: systemClock })
    if (!report.ok) throw new StartRefused(report.message)
    if (report.migrations.length > 0) logger.info({ migrations: report.migrations }, 'the schema was brought up to date')
    return
  }
  const schema = await checkSchema(database)
  if (!schema.ok) throw new StartRefused(schema.message)
}
