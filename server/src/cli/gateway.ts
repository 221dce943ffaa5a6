import { createJsonLogger, gatewayOptionsFromEnv, startGateway } from '@gatepost/gateway'
import type { GatewayOptions } from '@gatepost/gateway'
import { readEnvironment } from '../app/config/read-environment.ts'
import { stopOnSignal } from '../app/shutdown.ts'
import { StartRefused } from '../app/start-refused.ts'
import type { Command } from './command.ts'
import { InputProblem, refuseArguments } from './command.ts'

/** The first line of its log says where it listens. */
export const gateway: Command = async (args) => {
  refuseArguments(args)
  const read = gatewayOptionsFromEnv(readEnvironment())
  if (!read.ok) throw new InputProblem(read.problems, 1)
  const logger = createJsonLogger((line) => process.stdout.write(line))
  const running = await startGateway({ ...read.options, logger }).catch((error: unknown) => {
    throw refusalOf(error as NodeJS.ErrnoException, read.options) ?? error
  })
  await stopOnSignal(() => running.close())
  return 0
}

function refusalOf(error: NodeJS.ErrnoException, { bind }: GatewayOptions): StartRefused | undefined {
  if (error.code === 'EADDRINUSE') return new StartRefused(`${bind} is in use: set GATEWAY_BIND to another address, or stop what listens there`)
  if (error.syscall === 'listen' || error.syscall === 'getaddrinfo') {
    return new StartRefused(`cannot listen on ${bind} (${error.code}): set GATEWAY_BIND to what this machine has and allows`)
  }
  return undefined
}
