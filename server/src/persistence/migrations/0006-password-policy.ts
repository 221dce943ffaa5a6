/** Former passwords, where policy remembers them, and the operator's wish for a new one. */
import type { Migration } from './migration.ts'
import { ID, INSTANT } from './column-types.ts'

export const passwordPolicy: Migration = {
  name: '0006-password-policy',
  async up(db, ddl) {
    await ddl
      .createTable(db, 'former_password')
      .addColumn('id', ID, (column) => column.primaryKey())
      .addColumn('tenant_id', ID, (column) => column.notNull())
      .addColumn('user_id', ID, (column) => column.notNull())
      .addColumn('hash', 'varchar(512)', (column) => column.notNull())
      .addColumn('replaced_at', INSTANT, (column) => column.notNull())
      .addForeignKeyConstraint('former_password_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
      .execute()
    await ddl.createIndex(db, 'former_password_by_user', 'former_password', ['user_id', 'id'])
    await ddl
      .createTable(db, 'required_password_change')
      .addColumn('user_id', ID, (column) => column.primaryKey())
      .addColumn('tenant_id', ID, (column) => column.notNull())
      .addColumn('required_at', INSTANT, (column) => column.notNull())
      .addForeignKeyConstraint('required_password_change_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
      .execute()
  },
  async down(db) {
    await db.schema.dropTable('required_password_change').ifExists().execute()
    await db.schema.dropTable('former_password').ifExists().execute()
  },
}
