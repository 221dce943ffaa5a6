import { gatewayOptionsFromEnv, startGateway } from '@gatepost/gateway'
import { readEnvironment } from '../app/config/read-environment.ts'
import { stopOnSignal } from '../app/shutdown.ts'
import type { Command } from './command.ts'
import { InputProblem } from './command.ts'

export const gateway: Command = async () => {
  const read = gatewayOptionsFromEnv(readEnvironment())
  if (!read.ok) throw new InputProblem(read.problems, 1)
  const running = await startGateway(read.options)
  console.log(`gateway on ${running.url}`)
  await stopOnSignal(() => running.close())
  return 0
}
