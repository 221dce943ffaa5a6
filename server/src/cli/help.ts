import type { Command } from './command.ts'
import { refuseArguments } from './command.ts'

const HELP = `gatepost <command>

  serve                              run the server
  dev                                run server, gateway and demo application on http://localhost:3000
  gateway                            run the reverse proxy of one machine
  migrate up | status | down         bring the schema up to date, show it, take one step back
  admin grant | revoke --email E     make somebody admin, or no longer
  users disable | enable --email E   close an account and end its sessions, or open it again (also: --phone P)
  users require-password-change      ask for a new password at the next sign-in by it: --email E, --username N, --phone P, --id ID, or --all
  users unlock --email E             lift what too many wrong passwords or codes closed
  users invite --email E             mail somebody a link to an account of their own (--expires DAYS, --role admin)
  users invitations                  who was invited; users uninvite --email E takes it back
  users show --email E | --id ID     what is known of an account, and whether it waits for its deletion
  users import FILE [--dry-run]      bring in accounts with their password hashes: docs/import-users.md
  settings secret set N | list | remove N   credentials that the settings name; the value is read from standard input
  settings show | plan F | apply F   what the tenant decided: sign-up, sign-in, second factors, branding, as a file
  settings preview F [--out DIR]     every page and mail as that file would make them look, without a server
  flows show [F] [--type T --name N --format mermaid]   the steps of every flow that the settings in force, or that file, yield
  clients create --name N --type T --redirect-uri U   an application that signs in here: web, spa, native, machine, third-party
  clients list | show ID | update ID | delete ID   what is registered, and changes; clients --help names every option
  clients rotate-secret ID [--now]   a new secret; the one before is taken for seven days more, or ends now
  clients plan F | apply F           clients and resources as a file: docs/clients.md
  resources create --identifier URI --name N --scope S=WHAT   what clients get access tokens for: docs/resources.md
  resources list | show URI | update URI | delete URI   what is registered, and changes; resources --help names every option
  keys rotate | list | rewrap        a new signing key with overlap, the keys, seal them under the newest key
  outbox list | retry --id ID        what could not be delivered, and another try
  config check                       say whether the environment is complete

gatepost <command> --help shows what is here of that command alone.
Settings are environment variables: docs/reference/config.md
`

/** The lines about one command. */
export function helpOf(command: string): string {
  const lines = HELP.split('\n').filter((line) => line.startsWith(`  ${command} `))
  return lines.length === 0 ? HELP : `gatepost ${command}\n\n${lines.join('\n')}\n`
}

export const help: Command = async (args) => {
  refuseArguments(args)
  console.log(HELP)
  return 0
}
