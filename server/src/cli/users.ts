import type { Command } from './command.ts'
import { InputProblem, readOptions, withApp } from './command.ts'
import { importUsers } from './import-users.ts'
import { showUser } from './show-user.ts'
import { sayOutcome } from './say-outcome.ts'

export const users: Command = async ([action, ...args]) => {
  if (action === 'import') return importUsers(args)
  const { email } = readOptions(args, ['email'])
  if (action === 'show' && email) return showUser(email)
  if ((action !== 'disable' && action !== 'enable') || !email) {
    throw new InputProblem(['usage: gatepost users disable | enable | show --email you@example.com, or gatepost users import FILE [--dry-run]'])
  }
  return withApp(async ({ admins }) => {
    const outcome = action === 'disable' ? await admins.disable(email) : await admins.enable(email)
    return sayOutcome(outcome, email, action === 'disable' ? 'is disabled and signed out everywhere' : 'may sign in again')
  })
}
