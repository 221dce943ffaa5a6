import type { App } from '../app/compose.ts'
import type { Command } from './command.ts'
import { InputProblem, readOptions, withApp } from './command.ts'
import { importUsers } from './import-users.ts'
import { requirePasswordChange } from './require-password-change.ts'
import { invite, listInvitations, uninvite } from './invitations.ts'
import { sayOutcome } from './say-outcome.ts'
import { showUser } from './show-user.ts'

const USAGE = [
  'usage: gatepost users disable | enable | unlock | show --email you@example.com | --phone +41791234567 | --id ID, or gatepost users import FILE [--dry-run],',
  'or gatepost users require-password-change --email you@example.com | --username NAME | --phone +41791234567 | --id ID | --all,',
  'or gatepost users invite --email you@example.com [--expires DAYS] [--role admin] | uninvite --email you@example.com | invitations',
]

/** What is done to one account, and how that is told. */
const CHANGES: Readonly<Record<string, { act: (admins: App['admins'], name: string) => ReturnType<App['admins']['disable']>; done: string }>> = {
  disable: { act: (admins, name) => admins.disable(name), done: 'is disabled and signed out everywhere' },
  enable: { act: (admins, name) => admins.enable(name), done: 'may sign in again' },
  unlock: { act: (admins, name) => admins.unlock(name), done: 'is unlocked: wrong passwords and codes are counted anew' },
}

const OTHERS: Readonly<Record<string, Command>> = { import: importUsers, invite, uninvite, invitations: listInvitations, 'require-password-change': requirePasswordChange }

export const users: Command = async ([action = '', ...args]) => {
  const other = Object.hasOwn(OTHERS, action) ? OTHERS[action] : undefined
  if (other) return other(args)
  const { email, phone, id } = readOptions(args, ['email', 'phone', 'id'])
  const [name, ...others] = [email, phone, id].filter((one) => one !== undefined)
  const isNamedOnce = others.length === 0
  if (action === 'show' && name && isNamedOnce) return showUser(name)
  const change = Object.hasOwn(CHANGES, action) ? CHANGES[action] : undefined
  if (!change || !name || !isNamedOnce) throw new InputProblem(USAGE)
  return withApp(async ({ admins }) => sayOutcome(await change.act(admins, name), name, change.done))
}
