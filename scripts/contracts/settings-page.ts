import { z } from 'zod'
import { SettingsDocument } from '../../server/src/services/settings/index.ts'
import { code, page, table } from './tables.ts'

interface Described {
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly items?: Described
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly anyOf?: readonly Described[]
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
    const rows = leavesOf(inner).map(([name, setting]) => [code(name), valuesOf(setting), setting.default === undefined ? '' : code(JSON.stringify(setting.default)), setting.description ?? ''])
    return `## ${group}\n\n${table(['setting', 'values', 'default', 'meaning'], rows)}`
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

/** Settings inside of settings, with the path between them. */
function leavesOf(settings: Readonly<Record<string, Described>>, path = ''): [string, Described][] {
  return Object.entries(settings).flatMap(([name, setting]): [string, Described][] =>
    setting.properties ? leavesOf(setting.properties, `${path}${name}.`) : [[`${path}${name}`, setting]],
  )
}

function valuesOf({ enum: values, items, type, anyOf, minimum, maximum }: Described): string {
  if (values) return values.map(code).join(', ')
  if (items?.enum) return `list of ${items.enum.map(code).join(', ')}`
  if (anyOf?.some((one) => one.format === 'date-time')) return 'an instant such as `2027-01-31T00:00:00Z`, or `null`'
  if (anyOf) return anyOf.map((one) => (one.type === 'null' ? '`null`' : valuesOf(one))).join(' or ')
  if (type === 'integer') return `${minimum ?? 0} to ${maximum ?? 'any'}`
  return [type ?? ''].flat().map((one) => (one === 'null' ? '`null`' : one)).join(' or ')
}
