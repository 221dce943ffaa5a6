/**
 * Writes what the code promises to others: the files of contracts/ and docs/reference/, and the types of sdk/browser, from
 * the tables the server itself runs on. The same sources always give the same bytes; `npm test` fails when a committed file is not what this writes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { EVENT_TYPES } from '../server/src/domain/event-types.ts'
import { ERROR_CODES } from '../server/src/http/error-codes.ts'
import { apiPage } from './contracts/api-page.ts'
import { describeEnvironment } from './contracts/config-schema.ts'
import { describeApi } from './contracts/openapi.ts'
import { describeSettings, settingsPage } from './contracts/settings-page.ts'
import { sdkTypes } from './contracts/sdk-types.ts'
import { configPage, errorsPage, eventsPage, limitsPage, numbersPage } from './contracts/reference-pages.ts'

const root = new URL('../', import.meta.url)
const { version } = JSON.parse(readFileSync(new URL('server/package.json', root), 'utf8')) as { version: string }
const api = describeApi(version)

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
const FILES: Readonly<Record<string, string>> = {
  'contracts/openapi.json': json(api),
  'contracts/errors.json': json(ERROR_CODES),
  'contracts/events.json': json(EVENT_TYPES),
  'contracts/config.schema.json': json(describeEnvironment()),
  'contracts/settings.schema.json': json(describeSettings()),
  'docs/reference/api.md': apiPage(api),
  'docs/reference/config.md': configPage(),
  'docs/reference/errors.md': errorsPage(),
  'docs/reference/events.md': eventsPage(),
  'docs/reference/limits.md': limitsPage(),
  'docs/reference/numbers.md': numbersPage(),
  'docs/reference/settings.md': settingsPage(),
  'sdk/browser/src/contract-types.ts': sdkTypes(api),
}

for (const folder of ['contracts', 'docs/reference']) mkdirSync(new URL(folder, root), { recursive: true })
for (const [path, text] of Object.entries(FILES)) writeFileSync(new URL(path, root), text)
