import type { Command } from './command.ts'
import { configOrExit, InputProblem, refuseArguments } from './command.ts'

export const config: Command = async ([action, ...args]) => {
  if (action !== 'check') throw new InputProblem(['usage: gatepost config check'])
  refuseArguments(args)
  const { issuer, isProduction } = configOrExit()
  console.log(`the configuration is complete for ${isProduction ? 'production' : 'development'}: ${issuer}`)
  return 0
}
