import type { Command } from './command.ts'
import { configOrExit, InputProblem } from './command.ts'

export const config: Command = async ([action]) => {
  if (action !== 'check') throw new InputProblem(['usage: gatepost config check'])
  const { issuer, isProduction } = configOrExit()
  console.log(`the configuration is complete for ${isProduction ? 'production' : 'development'}: ${issuer}`)
  return 0
}
