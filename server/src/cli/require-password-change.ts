import type { Command } from './command.ts'
import { InputProblem, readOptions, withApp } from './command.ts'
import { sayOutcome } from './say-outcome.ts'

const NAMED_BY = ['email', 'username', 'phone', 'id'] as const
const USAGE = 'usage: gatepost users require-password-change --email you@example.com | --username NAME | --phone +41791234567 | --id ID | --all'

/** Asks one account or all of them for a new password at the next sign-in by password. */
export const requirePasswordChange: Command = async (args) => {
  const isForAll = args.length === 1 && args[0] === '--all'
  const named = Object.entries(isForAll ? {} : readOptions(args, NAMED_BY))
  const [by, name] = named[0] ?? []
  if (!isForAll && (!name || named.length > 1)) throw new InputProblem([USAGE])
  return withApp(async ({ passwordChanges }) => {
    if (name) return sayOutcome(await passwordChanges.require(name, NAMED_BY.find((one) => one === by)), name, 'will be asked for a new password at the next sign-in by password')
    const count = await passwordChanges.requireOfAll()
    console.log(`${count} ${count === 1 ? 'account' : 'accounts'} will be asked for a new password at the next sign-in by password`)
    return 0
  })
}
