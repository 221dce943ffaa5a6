import { z } from 'zod'
import { SettingsDocument } from '../../server/src/services/settings/index.ts'
import { code, page, table } from './tables.ts'

interface Described {
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly items?: Described
  readonly type?: string | readonly string[]
  readonly const?: string
  readonly format?: string
  readonly anyOf?: readonly Described[]
  readonly oneOf?: readonly Described[]
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Described>>
}

/** JSON Schema of a declared settings file. */
export function describeSettings(): object {
  return { title: 'The settings of a tenant', ...z.toJSONSchema(SettingsDocument, { io: 'input' }) }
}

/** docs/reference/settings.md: every setting of a declared file, with its default. */
export function settingsPage(): string {
  const { properties = {} } = describeSettings() as Described
  const groups = Object.entries(properties).map(([group, { properties: inner = {} }]) => {
    return [`## ${group}\n\n${table(COLUMNS, rowsOf(inner))}`, ...kindsIn(inner)].join('\n\n')
  })
  const introduction = [
    'What a tenant decided lives in the database and is changed by a declared file, in YAML or JSON:',
    '',
    '    gatepost settings show > settings.yaml    # every default, or the file that was applied last',
    '    gatepost settings plan settings.yaml      # every problem, or what would change',
    '    gatepost settings apply settings.yaml',
    '    gatepost settings preview settings.yaml   # every page and mail as it would look, as files, without a server',
    '',
    'What a file leaves out has its default. A change is in force in every running server within a second. The same list as JSON Schema: `contracts/settings.schema.json`.',
  ].join('\n')
  return page('Settings', introduction, groups)
}

const COLUMNS = ['setting', 'values', 'default', 'meaning']

/** A setting a row; those of a setting that holds others under their whole name. */
function rowsOf(settings: Readonly<Record<string, Described>>, required: readonly string[] = [], prefix = ''): string[][] {
  return Object.entries(settings).flatMap(([name, setting]) => {
    if (setting.properties && !isSecret(setting)) return rowsOf(setting.properties, [], `${prefix}${name}.`)
    const standard = required.includes(name) ? 'required' : setting.default === undefined ? '' : code(JSON.stringify(setting.default))
    return [[code(`${prefix}${name}`), valuesOf(setting), standard, setting.description ?? '']]
  })
}

/** The kinds that the entries of a list may be, told apart by their `type`. */
function kindsIn(settings: Readonly<Record<string, Described>>): string[] {
  return Object.entries(settings).flatMap(([name, { items }]) =>
    (items?.oneOf ?? []).map(({ properties: { type, ...others } = {}, required }) => {
      return `### ${name}: ${code(type?.const ?? '')}\n\n${table(COLUMNS, rowsOf(others, required))}`
    }),
  )
}

function isSecret({ properties }: Described): boolean {
  return properties?.['secret'] !== undefined && Object.keys(properties).length === 1
}

function valuesOf(setting: Described): string {
  const { enum: values, items, type, anyOf, minimum, maximum } = setting
  if (isSecret(setting)) return '`{secret: NAME}`'
  if (items?.oneOf) return `list of ${items.oneOf.map((one) => code(one.properties?.['type']?.const ?? '')).join(', ')}`
  if (type === 'object') return 'names and values'
  if (items?.type === 'string' && !items.enum) return 'list'
  if (values) return values.map(code).join(', ')
  if (items?.enum) return `list of ${items.enum.map(code).join(', ')}`
  if (anyOf?.some((one) => one.format === 'date-time')) return 'an instant such as `2027-01-31T00:00:00Z`, or `null`'
  if (anyOf) return anyOf.map((one) => (one.type === 'null' ? '`null`' : valuesOf(one))).join(' or ')
  if (items) return 'list of texts'
  if (type === 'integer' || type === 'number') return `${minimum ?? 0} to ${maximum ?? 'any'}`
  return [type ?? ''].flat().map((one) => (one === 'null' ? '`null`' : one)).join(' or ')
}
