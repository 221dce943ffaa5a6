import { readFileSync } from 'node:fs'
import { listNamedSecrets } from '../services/settings/index.ts'
import { SECRET_NAME } from '../services/secrets/index.ts'
import type { Command } from './command.ts'
import { InputProblem, withApp } from './command.ts'

const USAGE = 'usage: gatepost settings secret set NAME < FILE | list | remove NAME'
const MAX_SECRET_BYTES = 8 * 1_024

/** Credentials that the settings name. A value goes in by standard input, where no process list or shell history keeps it; none comes out. */
export const settingsSecret: Command = async ([action, name, ...rest]) => {
  const takesName = action === 'set' || action === 'remove'
  if ((action !== 'list' && !takesName) || rest.length > 0 || takesName !== (name !== undefined)) throw new InputProblem([USAGE])
  if (name === undefined) return list()
  if (!SECRET_NAME.test(name)) throw new InputProblem(['the name of a secret is capital letters, digits and underscores, such as TWILIO_AUTH_TOKEN'])
  return action === 'set' ? set(name) : remove(name)
}

function set(name: string): Promise<number> {
  const value = readValue()
  return withApp(async ({ secrets }) => {
    await secrets.set(name, value)
    console.log(`${name} is set`)
    return 0
  })
}

function list(): Promise<number> {
  return withApp(async ({ secrets }) => {
    for (const secret of await secrets.list()) console.log(`${secret.name}  set ${new Date(secret.setAt).toISOString()}`)
    return 0
  })
}

function remove(name: string): Promise<number> {
  return withApp(async ({ secrets, settings }) => {
    if (listNamedSecrets((await settings.document()).messaging).includes(name)) throw new InputProblem([`the settings name ${name}: take it out of them first`], 1)
    if (!(await secrets.remove(name))) throw new InputProblem([`there is no secret ${name}`], 1)
    console.log(`${name} is removed`)
    return 0
  })
}

/** Everything on standard input but the line break at its end, which an editor or `echo` adds. */
function readValue(): string {
  if (process.stdin.isTTY) throw new InputProblem(['the value is read from standard input, as in: gatepost settings secret set NAME < FILE'])
  const value = readFileSync(0, 'utf8').replace(/\r?\n$/, '')
  if (value === '') throw new InputProblem(['standard input is empty: a secret needs a value'], 1)
  if (Buffer.byteLength(value) > MAX_SECRET_BYTES) throw new InputProblem([`a secret has ${MAX_SECRET_BYTES / 1_024} KiB at most`], 1)
  // It goes into headers, which carry nothing else (RFC 9110 section 5.5).
  if (!/^[\x20-\x7e]+$/.test(value)) throw new InputProblem(['a secret is one line of printable ASCII'], 1)
  return value
}
