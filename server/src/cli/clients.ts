import type { App } from '../app/compose.ts'
import type { ClientFailure } from '../services/clients/index.ts'
import { fieldsOf, listFieldOptions, readManyOptions } from './client-flags.ts'
import type { Command } from './command.ts'
import { InputProblem, refuseArguments, withApp } from './command.ts'
import { readDeclaredFile } from './read-declared-file.ts'
import { registrationTokens } from './registration-tokens.ts'
import { describeForJson, linesOfClient } from './render-client.ts'

const LISTED = 100
const USAGE = `usage: gatepost clients create --name N --type web|spa|native|machine|third-party [--client-id ID] [--FIELD VALUE...] [--json]
       gatepost clients list [--after ID] [--json]
       gatepost clients show ID [--json]
       gatepost clients update ID --FIELD VALUE... [--reset FIELD...] [--json]
       gatepost clients rotate-secret ID [--now] [--json]
       gatepost clients delete ID
       gatepost clients registration-token create [--expires-in 7d] [--uses N] [--json] | list [--json] | revoke ID
       gatepost clients plan FILE | apply FILE   (- reads standard input)`
const HELP = `${USAGE}

A secret is shown once, by create and rotate-secret. Fields (docs/client-fields.md):
  ${listFieldOptions().join('\n  ')}`

type Action = (clients: App['clients'], clientId: string, args: readonly string[]) => Promise<number>

const ON_ONE: Readonly<Record<string, Action>> = { show, update, 'rotate-secret': rotateSecret, delete: remove }

/** OAuth clients of the tenant: docs/clients.md. */
export const clients: Command = async ([action = '', ...args]) => {
  if (action === 'help' || [action, ...args].includes('--help')) {
    console.log(HELP)
    return 0
  }
  if (action === 'create') return create(args)
  if (action === 'list') return list(args)
  if (action === 'registration-token') return registrationTokens(args, USAGE)
  const onOne = Object.hasOwn(ON_ONE, action) ? ON_ONE[action] : undefined
  const [subject, ...rest] = args
  if (subject === undefined || subject.startsWith('--') || (!onOne && action !== 'plan' && action !== 'apply')) throw new InputProblem(USAGE.split('\n'))
  if (onOne) return withApp(({ clients: registry }) => onOne(registry, subject, rest))
  refuseArguments(rest)
  return declare(action === 'plan' ? 'plan' : 'apply', subject)
}

function create(args: readonly string[]): Promise<number> {
  const options = readManyOptions(args, { single: ['type', 'client-id'], bare: ['json'], fields: true })
  const type = options.get('type')?.[0]
  if (type === undefined || !options.has('name')) throw new InputProblem(['--name and --type are needed; try: gatepost clients --help'])
  const fields = { ...fieldsOf(options), type: type === 'third-party' ? 'third_party' : type, client_id: options.get('client-id')?.[0] }
  return withApp(async ({ clients: registry }) => {
    const made = await registry.create(fields as Parameters<typeof registry.create>[0])
    if (!made.ok) return complain(made.failure, fields.client_id)
    const { client, secret } = made.value
    if (options.has('json')) printJson(describeForJson(client, secret))
    else console.log([`client_id: ${client.clientId}`, ...(secret === undefined ? [] : [`client_secret: ${secret}`])].join('\n'))
    return 0
  })
}

function list(args: readonly string[]): Promise<number> {
  const options = readManyOptions(args, { single: ['after'], bare: ['json'] })
  const after = options.get('after')?.[0]
  return withApp(async ({ clients: registry }) => {
    const listed = await registry.list({ limit: LISTED, ...(after === undefined ? {} : { after }) })
    if (options.has('json')) {
      printJson(listed.map(({ clientId, name, type, provenance }) => ({ client_id: clientId, name, type, ...(provenance === 'registered' ? { is_registered: true } : {}) })))
      return 0
    }
    for (const { clientId, name, type, provenance } of listed) console.log(`${clientId}  ${type.padEnd(11)}  ${name}${provenance === 'registered' ? '  (registered itself)' : ''}`)
    if (listed.length === 0) console.log(after === undefined ? 'there are no clients' : 'there are no more clients')
    if (listed.length === LISTED) console.log(`more, if there are any: gatepost clients list --after ${listed.at(-1)?.clientId}`)
    return 0
  })
}

async function show(registry: App['clients'], clientId: string, args: readonly string[]): Promise<number> {
  const options = readManyOptions(args, { bare: ['json'] })
  const client = await registry.show(clientId)
  if (!client) return complain('client_not_found', clientId)
  if (options.has('json')) printJson(describeForJson(client))
  else for (const line of linesOfClient(client)) console.log(line)
  return 0
}

async function update(registry: App['clients'], clientId: string, args: readonly string[]): Promise<number> {
  const options = readManyOptions(args, { bare: ['json'], fields: true })
  const fields = fieldsOf(options)
  if (Object.keys(fields).length === 0) throw new InputProblem(['update needs a field to change; try: gatepost clients --help'])
  const updated = await registry.update(clientId, fields)
  if (!updated.ok) return complain(updated.failure, clientId)
  if (options.has('json')) printJson(describeForJson(updated.value))
  else console.log(`${clientId} is changed; in force within a second`)
  return 0
}

async function rotateSecret(registry: App['clients'], clientId: string, args: readonly string[]): Promise<number> {
  const options = readManyOptions(args, { bare: ['now', 'json'] })
  const rotated = await registry.rotateSecret(clientId, { endsOthersNow: options.has('now') })
  if (!rotated.ok) return complain(rotated.failure, clientId)
  const { secret, previousUntil } = rotated.value
  const until = previousUntil === null ? null : new Date(previousUntil).toISOString()
  if (options.has('json')) printJson({ client_id: clientId, client_secret: secret, previous_secret_expires_at: until })
  else console.log([`client_id: ${clientId}`, `client_secret: ${secret}`, ...(until === null ? [] : [`the secret before is taken until ${until}`])].join('\n'))
  return 0
}

async function remove(registry: App['clients'], clientId: string, args: readonly string[]): Promise<number> {
  refuseArguments(args)
  const deleted = await registry.delete(clientId)
  if (!deleted.ok) return complain(deleted.failure, clientId)
  console.log(`${clientId} is deleted`)
  return 0
}

async function declare(action: 'plan' | 'apply', file: string): Promise<number> {
  const text = readDeclaredFile(file)
  return withApp(async ({ clients: registry }) => {
    const done = await registry[action](text)
    if (!done.ok) throw new InputProblem(done.failure === 'conflict' ? ['the clients were changed meanwhile: plan again'] : done.failure, 1)
    const { differences, withoutSecret } = done.value
    for (const line of differences) console.log(`  ${line}`)
    if (differences.length === 0) console.log('nothing changes')
    else console.log(action === 'plan' ? `${differences.length} to change; apply makes it so` : `${differences.length} changed; in force within a second`)
    for (const clientId of withoutSecret) console.error(`gatepost: ${clientId} has no secret yet: gatepost clients rotate-secret ${clientId}`)
    return 0
  })
}

/** Each problem a line; the exit code. */
function complain(failure: ClientFailure, clientId: string | undefined): never {
  if (typeof failure !== 'string') throw new InputProblem(failure, 1)
  const texts: Record<typeof failure, string> = {
    client_not_found: `there is no client ${clientId}`,
    client_id_taken: `there is a client ${clientId} already`,
    has_no_secret: `${clientId} shows no secret: see its token_endpoint_auth_method`,
  }
  throw new InputProblem([texts[failure]], 1)
}

function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2))
}
