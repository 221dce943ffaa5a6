/** How often what proves the owner of an account was changed: a sign-in that began before the last change is over. */
import type { Migration } from './migration.ts'

export const protectionVersion: Migration = {
  name: '0015-protection-version',
  up: (db, ddl) => ddl.addColumn(db, 'user_account', 'protection_version', 'integer'),
  async down(db) {
    await db.schema.alterTable('user_account').dropColumn('protection_version').execute()
  },
}
