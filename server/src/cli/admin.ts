import type { Command } from './command.ts'
import { InputProblem, readOptions, withApp } from './command.ts'
import { sayOutcome } from './say-outcome.ts'

export const admin: Command = async ([action, ...args]) => {
  const { email } = readOptions(args, ['email'])
  if ((action !== 'grant' && action !== 'revoke') || !email) throw new InputProblem(['usage: gatepost admin grant | revoke --email you@example.com'])
  return withApp(async ({ admins }) => {
    const outcome = action === 'grant' ? await admins.grant(email) : await admins.revoke(email)
    return sayOutcome(outcome, email, action === 'grant' ? 'is an admin now' : 'is no admin any more')
  })
}
