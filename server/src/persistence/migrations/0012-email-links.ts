/** Links that are mailed instead of codes or beside them, and who asked for them. */
import { DIGEST, INSTANT, LABEL } from './column-types.ts'
import type { Migration } from './migration.ts'

const COLUMNS = [
  ['link_hash', DIGEST],
  ['approved_at', INSTANT],
  ['requested_ip', LABEL],
  ['requested_user_agent', 'varchar(1024)'],
] as const

export const emailLinks: Migration = {
  name: '0012-email-links',
  async up(db, ddl) {
    for (const [name, type] of COLUMNS) await ddl.addColumn(db, 'one_time_code', name, type)
    await ddl.createIndex(db, 'one_time_code_by_link', 'one_time_code', ['link_hash'])
  },
  async down(db, ddl) {
    await ddl.dropIndex(db, 'one_time_code_by_link', 'one_time_code')
    for (const [name] of COLUMNS.toReversed()) await db.schema.alterTable('one_time_code').dropColumn(name).execute()
  },
}
