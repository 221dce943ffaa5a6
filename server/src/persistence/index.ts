/**
 * Owns: the schema, its migrations, transactions, and what a database error means.
 * Does not own: when a transaction begins and ends (services), or what a row means (domain).
 * Writes take a `Writer`, reads a `Reader`; a Writer is accepted as a Reader.
 */
export { DatabaseUnavailable, isUniqueViolation } from './failures.ts'
export { checkSchema, migrateDown, migrateUp, migrationStatus } from './migrate.ts'
export type { MigrateOptions, MigrationReport, MigrationStatus, SchemaCheck } from './migrate.ts'
export { openDatabase } from './open-database.ts'
export type { Database, OpenDatabaseOptions } from './open-database.ts'
export type { EngineName } from './dialect/engine.ts'
export { insertUnlessTaken } from './transaction.ts'
export type { Reader, Writer } from './transaction.ts'
export type * from './schema.ts'
