import { createSchema } from 'zod-openapi'
import type { Setting } from '../../server/src/app/config/setting.ts'
import { SETTINGS } from '../../server/src/app/config/settings.ts'

/** JSON Schema of the environment: every value is text; beside a secret stands its `_FILE` twin. */
export function describeEnvironment() {
  const properties: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const { schema } = createSchema(setting.schema, { io: 'input' })
    properties[name] = {
      ...(schema as object),
      description: setting.description,
      ...(setting.default === undefined ? {} : { default: setting.default }),
      ...(setting.isSecret ? { writeOnly: true } : {}),
    }
    if (setting.isSecret) properties[`${name}_FILE`] = { type: 'string', description: `Path of a file that holds ${name}.` }
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The environment of a Gatepost server',
    description: 'All values are text. Other variables may be present; what is set wrongly is named at start, all problems at once.',
    type: 'object',
    properties,
  }
}
