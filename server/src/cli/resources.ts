import type { App } from '../app/compose.ts'
import type { RegisteredResource, ResourceFailure } from '../services/clients/index.ts'
import type { Command } from './command.ts'
import { InputProblem, refuseArguments, withApp } from './command.ts'

const USAGE = `usage: gatepost resources create --identifier URI --name N --scope 'NAME=DESCRIPTION'... [--FIELD VALUE...] [--json]
       gatepost resources list [--json]
       gatepost resources show URI [--json]
       gatepost resources update URI --FIELD VALUE... [--reset FIELD...] [--json]
       gatepost resources delete URI`
const HELP = `${USAGE}

Fields (docs/resources.md):
  --name VALUE
  --scope NAME=DESCRIPTION...
  --access-token-format jwt|opaque
  --access-token-ttl-seconds NUMBER
  --client ID...
As a file: gatepost clients plan FILE | apply FILE`

/** Every field of a resource, by the option that sets it. */
const FIELD_OF: Readonly<Record<string, string>> = {
  name: 'name',
  scope: 'scopes',
  'access-token-format': 'access_token_format',
  'access-token-ttl-seconds': 'access_token_ttl_seconds',
  client: 'clients',
}
const TAKES_MANY = ['scope', 'client', 'reset']

type Registry = App['clients']['resources']
type Options = ReadonlyMap<string, readonly string[]>
const ON_ONE: Readonly<Record<string, (resources: Registry, identifier: string, args: readonly string[]) => Promise<number>>> = { show, update, delete: remove }

/** What clients ask for access tokens for (RFC 8707): docs/resources.md. */
export const resources: Command = async ([action = '', ...args]) => {
  if (action === 'help' || [action, ...args].includes('--help')) {
    console.log(HELP)
    return 0
  }
  if (action === 'create') return create(args)
  if (action === 'list') return list(args)
  const onOne = Object.hasOwn(ON_ONE, action) ? ON_ONE[action] : undefined
  const [identifier, ...rest] = args
  if (!onOne || identifier === undefined || identifier.startsWith('--')) throw new InputProblem(USAGE.split('\n'))
  return withApp(({ clients }) => onOne(clients.resources, identifier, rest))
}

function create(args: readonly string[]): Promise<number> {
  const options = readOptions(args, ['identifier', ...Object.keys(FIELD_OF), 'json'])
  if (!options.has('identifier') || !options.has('name')) throw new InputProblem(['--identifier and --name are needed; try: gatepost resources --help'])
  return withApp(async ({ clients }) => {
    const identifier = options.get('identifier')?.[0]
    const made = await clients.resources.create({ scopes: {}, ...fieldsOf(options), identifier })
    if (!made.ok) return complain(made.failure, identifier)
    if (options.has('json')) printJson(describeForJson(made.value))
    else console.log(`${made.value.identifier} is registered; in force within a second`)
    return 0
  })
}

function list(args: readonly string[]): Promise<number> {
  const options = readOptions(args, ['json'])
  return withApp(async ({ clients }) => {
    const listed = await clients.resources.list()
    if (options.has('json')) printJson(listed.map(({ identifier, name }) => ({ identifier, name })))
    else if (listed.length === 0) console.log('there are no resources')
    else for (const { identifier, name } of listed) console.log(`${identifier}  ${name}`)
    return 0
  })
}

async function show(registry: Registry, identifier: string, args: readonly string[]): Promise<number> {
  const options = readOptions(args, ['json'])
  const resource = await registry.show(identifier)
  if (!resource) return complain('resource_not_found', identifier)
  if (options.has('json')) printJson(describeForJson(resource))
  else for (const line of linesOf(resource)) console.log(line)
  return 0
}

async function update(registry: Registry, identifier: string, args: readonly string[]): Promise<number> {
  const options = readOptions(args, [...Object.keys(FIELD_OF), 'reset', 'json'])
  const fields = fieldsOf(options)
  if (Object.keys(fields).length === 0) throw new InputProblem(['update needs a field to change; try: gatepost resources --help'])
  const updated = await registry.update(identifier, fields)
  if (!updated.ok) return complain(updated.failure, identifier)
  if (options.has('json')) printJson(describeForJson(updated.value))
  else console.log(`${identifier} is changed; in force within a second`)
  return 0
}

async function remove(registry: Registry, identifier: string, args: readonly string[]): Promise<number> {
  refuseArguments(args)
  const deleted = await registry.delete(identifier)
  if (!deleted.ok) return complain(deleted.failure, identifier)
  console.log(`${identifier} is deleted`)
  return 0
}

/** `--name value`, `--name value value` and `--name` again; whatever is not known is refused. */
function readOptions(args: readonly string[], known: readonly string[]): Options {
  const options = new Map<string, string[]>()
  let current: string | undefined
  for (const arg of args) {
    const isName = arg.startsWith('--')
    if (isName) current = arg.slice(2)
    if (current === undefined || !known.includes(current) || (!isName && current === 'json')) throw new InputProblem([`"${arg}" is not an option here; try: gatepost resources --help`])
    const values = options.get(current) ?? []
    options.set(current, isName ? values : [...values, arg])
  }
  for (const [name, values] of options) {
    if (name !== 'json' && values.length === 0) throw new InputProblem([`--${name} needs a value`])
    if (!TAKES_MANY.includes(name) && values.length > 1) throw new InputProblem([`--${name} takes one value`])
  }
  return options
}

/** What the options say of a resource; what each value may be is the service's to say. */
function fieldsOf(options: Options): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, values] of options) {
    const field = FIELD_OF[name]
    if (field !== undefined) fields[field] = valueOf(name, values)
  }
  for (const name of options.get('reset') ?? []) {
    const field = name === 'name' || name === 'scope' ? undefined : FIELD_OF[name]
    if (field === undefined) throw new InputProblem([`--reset takes access-token-format, access-token-ttl-seconds or client; not ${name}`])
    fields[field] = null
  }
  return fields
}

function valueOf(name: string, values: readonly string[]): unknown {
  const [value = ''] = values
  if (name === 'client') return values
  if (name === 'access-token-ttl-seconds') return /^\d{1,15}$/.test(value) ? Number(value) : value
  if (name !== 'scope') return value
  return Object.fromEntries(
    values.map((one) => {
      const at = one.indexOf('=')
      if (at < 1) throw new InputProblem([`--scope: "${one}" must be written as NAME=DESCRIPTION`])
      return [one.slice(0, at), one.slice(at + 1)]
    }),
  )
}

function describeForJson({ identifier, name, scopes, accessTokenFormat, accessTokenTtlSeconds, clients, createdAt, updatedAt }: RegisteredResource): Record<string, unknown> {
  const iso = (instant: number) => new Date(instant).toISOString()
  return {
    identifier,
    name,
    scopes,
    access_token_format: accessTokenFormat ?? null,
    access_token_ttl_seconds: accessTokenTtlSeconds ?? null,
    clients: clients ?? null,
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
  }
}

/** One fact a line; what is not set is left out. */
function linesOf(resource: RegisteredResource): string[] {
  const { scopes, clients, ...facts } = describeForJson(resource)
  return [
    ...Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${String(value)}`])),
    ...Object.entries(scopes as Record<string, string>).map(([scope, description]) => `scope: ${scope}: ${description}`),
    ...((clients as readonly string[] | null) ?? []).map((clientId) => `client: ${clientId}`),
  ]
}

function complain(failure: ResourceFailure, identifier: string | undefined): never {
  if (typeof failure !== 'string') throw new InputProblem(failure, 1)
  throw new InputProblem([failure === 'resource_taken' ? `there is a resource ${identifier} already` : `there is no resource ${identifier}`], 1)
}

function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2))
}
