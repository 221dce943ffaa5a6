import type { Command } from './command.ts'
import { InputProblem, readOptions, withApp } from './command.ts'
import { importUsers } from './import-users.ts'
import { requirePasswordChange } from './require-password-change.ts'
import { sayOutcome } from './say-outcome.ts'

export const users: Command = async ([action, ...args]) => {
  if (action === 'import') return importUsers(args)
  if (action === 'require-password-change') return requirePasswordChange(args)
  const { email } = readOptions(args, ['email'])
  if ((action !== 'disable' && action !== 'enable') || !email) {
    throw new InputProblem([
      'usage: gatepost users disable | enable --email you@example.com, or gatepost users require-password-change --email you@example.com | --all, or gatepost users import FILE [--dry-run]',
    ])
  }
  return withApp(async ({ admins }) => {
    const outcome = action === 'disable' ? await admins.disable(email) : await admins.enable(email)
    return sayOutcome(outcome, email, action === 'disable' ? 'is disabled and signed out everywhere' : 'may sign in again')
  })
}
