import { startServer } from '../app/start-server.ts'
import { stopOnSignal } from '../app/shutdown.ts'
import type { Command } from './command.ts'
import { configOrExit, refuseArguments } from './command.ts'

export const serve: Command = async (args) => {
  refuseArguments(args)
  const server = await startServer(configOrExit())
  const { host, basePath, publicUrl } = server.app.config
  server.app.logger.info({ host, port: server.port, public_url: `${publicUrl}${basePath}` }, 'listening')
  await stopOnSignal(() => server.stop())
  return 0
}
