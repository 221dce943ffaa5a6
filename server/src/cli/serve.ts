import type { App } from '../app/compose.ts'
import { startServer } from '../app/start-server.ts'
import { stopOnSignal } from '../app/shutdown.ts'
import type { Command } from './command.ts'
import { configOrExit, refuseArguments } from './command.ts'

export const serve: Command = async (args) => {
  refuseArguments(args)
  const server = await startServer(configOrExit())
  const { host, basePath, publicUrl, isProduction, trustedProxies } = server.app.config
  await warnOfUnsentCodes(server.app)
  server.app.logger.info({ host, port: server.port, public_url: `${publicUrl}${basePath}` }, 'listening')
  const isBehindProxy = ['127.0.0.1', '::1', 'localhost'].includes(host)
  if (isProduction && isBehindProxy && trustedProxies.length === 0) {
    server.app.logger.warn({}, 'TRUSTED_PROXIES is empty: behind a proxy every caller counts as one address, and one stranger can use up the limits of all')
  }
  await stopOnSignal(() => server.stop())
  return 0
}

/** Settings that cannot be read are told by whatever asks for them. */
async function warnOfUnsentCodes({ settings, messages, logger }: App): Promise<void> {
  const document = await settings.document().catch(() => undefined)
  const unsent = document && messages.describeUnsentCodes(document)
  if (unsent) logger.warn({}, unsent)
}
