/**
 * The engines of this run. The run's global setup starts what GATEPOST_TEST_ENGINES names (default: all) and fails when one
 * does not start; it leaves an address in the environment for each, so an engine without one was left out on purpose.
 */
import { createTestDatabase, type TestDatabase, type TestEngine } from '../../scripts/test-services/create-test-database.ts'

const SOURCE_VARIABLES: Record<TestEngine, string> = {
  sqlite: 'GATEPOST_TEST_SQLITE_TEMPLATE',
  postgres: 'GATEPOST_TEST_POSTGRES_URL',
  mariadb: 'GATEPOST_TEST_MARIADB_URL',
}

const ALL_ENGINES = Object.keys(SOURCE_VARIABLES) as TestEngine[]

export const engines: readonly TestEngine[] = ALL_ENGINES.filter((engine) => process.env[SOURCE_VARIABLES[engine]] !== undefined)
if (engines.length === 0) throw new Error('no engine is running: the global setup of the browser project starts them')

/** A database without tables: the server brings its schema itself. Drop it when done. */
export function emptyDatabase(engine: TestEngine): Promise<TestDatabase> {
  return createTestDatabase(engine, process.env[SOURCE_VARIABLES[engine]] ?? '', { migrated: false })
}
