import type { ColumnDefinitionBuilderCallback, CreateTableBuilder, Expression, Kysely } from 'kysely'
import type { Schema } from '../schema.ts'

export type EngineName = 'sqlite' | 'postgres' | 'mysql'

export type ColumnType = `varchar(${number})` | 'bigint' | 'integer' | DdlDialect['longText']

/** How one engine spells what a migration needs. */
export interface DdlDialect {
  /** Text without a length, several hundred kilobytes. */
  readonly longText: 'text' | Expression<string>
  /** `create table if not exists` with the engine's options: InnoDB, binary collation. */
  createTable(db: Kysely<unknown>, name: string): CreateTableBuilder<string, never>
  /** Does nothing when the column is there already: a migration that stopped half-way runs again. */
  addColumn(db: Kysely<unknown>, table: string, column: string, type: ColumnType, build?: ColumnDefinitionBuilderCallback): Promise<void>
  /** Does nothing when the index is there already. */
  createIndex(db: Kysely<unknown>, name: string, table: string, columns: readonly string[]): Promise<void>
  /** Does nothing when the index is gone already. SQLite drops no column that an index is on. */
  dropIndex(db: Kysely<unknown>, name: string, table: string): Promise<void>
}

/** What differs between the databases, and nothing else. */
export interface Engine {
  readonly name: EngineName
  readonly ddl: DdlDialect
  /** Committed state only; refuses anything but reading. */
  readonly read: Kysely<Schema>
  /** Where transactions start. */
  readonly write: Kysely<Schema>
  /**
   * Runs `change` while no other process changes the schema; the others wait. The database itself holds the lock for a
   * connection or a transaction, so that it is free again as soon as its holder dies.
   */
  changeSchema<T>(change: (db: Kysely<unknown>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** How long one process waits for another one's migration. */
export const MIGRATION_LOCK_WAIT_SECONDS = 120
