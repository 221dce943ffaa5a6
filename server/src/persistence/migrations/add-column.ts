import type { ColumnDefinitionBuilderCallback, Kysely } from 'kysely'

/** Adds a column unless it is there: a step that stopped half-way runs again, and not every engine has `if not exists` here. */
export async function addColumn(db: Kysely<unknown>, table: string, column: string, type: `varchar(${number})` | 'bigint' | 'integer', build: ColumnDefinitionBuilderCallback): Promise<void> {
  const tables = await db.introspection.getTables()
  const isThere = tables.find((one) => one.name === table)?.columns.some((one) => one.name === column)
  if (isThere !== true) await db.schema.alterTable(table).addColumn(column, type, build).execute()
}
