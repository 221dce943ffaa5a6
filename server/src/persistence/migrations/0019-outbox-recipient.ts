/** Whom a row of the outbox is for, where one that is slow must hold up nobody else: a client that is told of a sign-out. */
import type { Migration } from './migration.ts'

export const outboxRecipient: Migration = {
  name: '0019-outbox-recipient',
  up: (db, ddl) => ddl.addColumn(db, 'outbox', 'recipient', 'varchar(255)'),
  async down(db) {
    await db.schema.alterTable('outbox').dropColumn('recipient').execute()
  },
}
