/** By which channel a code was sent, and when somebody last said "not now" to a passkey. */
import type { Kysely } from 'kysely'
import { ID, INSTANT, LABEL } from './column-types.ts'
import type { Migration } from './migration.ts'

export const outOfBandFactors: Migration = {
  name: '0004-out-of-band-factors',
  async up(db, ddl) {
    // With a default: the release before this one goes on writing codes, and all of its codes are mailed.
    await ddl.addColumn(db, 'one_time_code', 'channel', LABEL, (column) => column.notNull().defaultTo('email'))
    await ddl
      .createTable(db, 'passkey_prompt')
      .addColumn('user_id', ID, (column) => column.primaryKey())
      .addColumn('tenant_id', ID, (column) => column.notNull())
      .addColumn('skipped_at', INSTANT, (column) => column.notNull())
      .addForeignKeyConstraint('passkey_prompt_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
      .execute()
  },
  async down(db: Kysely<unknown>) {
    await db.schema.dropTable('passkey_prompt').ifExists().execute()
    await db.schema.alterTable('one_time_code').dropColumn('channel').execute()
  },
}
