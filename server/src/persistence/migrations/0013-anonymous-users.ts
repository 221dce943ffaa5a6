/** Accounts without any identity, and since when they are: those that nobody uses any more are found by it. */
import { INSTANT } from './column-types.ts'
import type { Migration } from './migration.ts'

export const anonymousUsers: Migration = {
  name: '0013-anonymous-users',
  async up(db, ddl) {
    await ddl.addColumn(db, 'user_account', 'anonymous_at', INSTANT)
    await ddl.createIndex(db, 'user_account_by_anonymity', 'user_account', ['anonymous_at'])
  },
  async down(db, ddl) {
    await ddl.dropIndex(db, 'user_account_by_anonymity', 'user_account')
    await db.schema.alterTable('user_account').dropColumn('anonymous_at').execute()
  },
}
