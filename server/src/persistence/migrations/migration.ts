import type { Kysely } from 'kysely'
import type { DdlDialect } from '../dialect/engine.ts'

/**
 * One step of the schema, written once for all engines. MariaDB and MySQL cannot take a definition back, so a step may
 * be found half done and must then finish: create only what is missing, insert only what is absent.
 */
export interface Migration {
  readonly name: string
  up(db: Kysely<unknown>, ddl: DdlDialect): Promise<void>
  down(db: Kysely<unknown>, ddl: DdlDialect): Promise<void>
}
