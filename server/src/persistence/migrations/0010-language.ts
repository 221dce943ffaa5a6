/** The language that somebody is written to in. */
import type { Migration } from './migration.ts'

export const language: Migration = {
  name: '0010-language',
  async up(db, ddl) {
    await ddl.addColumn(db, 'user_account', 'language', 'varchar(35)')
  },
  async down(db) {
    await db.schema.alterTable('user_account').dropColumn('language').execute()
  },
}
