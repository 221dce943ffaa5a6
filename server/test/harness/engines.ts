/**
 * The engines of this run, for behaviour tests:
 *
 *     for (const engine of testEngines) describe(engine, () => {
 *       const database = await freshDatabase(engine)   // { url, drop }
 */
import { createTestDatabase, type TestDatabase, type TestEngine } from '../../../scripts/test-services/create-test-database.ts'

export type { TestDatabase, TestEngine }

const ALL_ENGINES: readonly TestEngine[] = ['sqlite', 'postgres', 'mariadb']

/** Where the global setup leaves each engine's address. */
export const SOURCE_VARIABLES: Record<TestEngine, string> = {
  sqlite: 'GATEPOST_TEST_SQLITE_TEMPLATE',
  postgres: 'GATEPOST_TEST_POSTGRES_URL',
  mariadb: 'GATEPOST_TEST_MARIADB_URL',
}

/** Set when the run has a Redis. */
export const REDIS_VARIABLE = 'GATEPOST_TEST_REDIS_URL'

/** Whether GATEPOST_TEST_ENGINES leaves Redis in; its URL is in REDIS_VARIABLE. */
export const testsRedis = namedParts().includes('redis')

/** All three databases, unless GATEPOST_TEST_ENGINES names fewer. */
export const testEngines: readonly TestEngine[] = ALL_ENGINES.filter((engine) => namedParts().includes(engine))

/** An empty database of this engine, migrated unless told otherwise. Drop it when done. */
export async function freshDatabase(engine: TestEngine, options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const source = process.env[SOURCE_VARIABLES[engine]]
  if (source === undefined) throw new Error(`${engine} is not running: wire server/test/harness/engines-global-setup.ts as globalSetup`)
  return createTestDatabase(engine, source, options)
}

function namedParts(): string[] {
  const known: string[] = [...ALL_ENGINES, 'redis']
  const names = process.env.GATEPOST_TEST_ENGINES?.trim()
  if (names === undefined || names === '') return known
  const parts = names.split(',').map((name) => name.trim())
  const unknown = parts.filter((part) => !known.includes(part))
  if (unknown.length > 0) throw new Error(`GATEPOST_TEST_ENGINES: unknown ${unknown.join(', ')}; known: ${known.join(', ')}`)
  return parts
}
