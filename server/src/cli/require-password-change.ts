import type { Command } from './command.ts'
import { InputProblem, readOptions, withApp } from './command.ts'
import { sayOutcome } from './say-outcome.ts'

/** Asks one account or all of them for a new password at the next sign-in by password. */
export const requirePasswordChange: Command = async (args) => {
  const isForAll = args.length === 1 && args[0] === '--all'
  const { email } = isForAll ? {} : readOptions(args, ['email'])
  if (!isForAll && !email) throw new InputProblem(['usage: gatepost users require-password-change --email you@example.com | --all'])
  return withApp(async ({ passwordChanges }) => {
    if (email) return sayOutcome(await passwordChanges.require(email), email, 'will be asked for a new password at the next sign-in by password')
    const count = await passwordChanges.requireOfAll()
    console.log(`${count} ${count === 1 ? 'account' : 'accounts'} will be asked for a new password at the next sign-in by password`)
    return 0
  })
}
