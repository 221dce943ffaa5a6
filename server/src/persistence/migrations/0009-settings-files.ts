/** The files that lay beside a declared settings file: its text stays as it was, and its pictures are there on every instance. */
import { ID } from './column-types.ts'
import type { Migration } from './migration.ts'

export const settingsFiles: Migration = {
  name: '0009-settings-files',
  async up(db, ddl) {
    await ddl
      .createTable(db, 'tenant_settings_file')
      .addColumn('tenant_id', ID, (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('path', 'varchar(255)', (column) => column.notNull())
      .addColumn('content_base64', ddl.longText, (column) => column.notNull())
      .addPrimaryKeyConstraint('tenant_settings_file_pk', ['tenant_id', 'version', 'path'])
      .addForeignKeyConstraint('tenant_settings_file_tenant_fk', ['tenant_id'], 'tenant', ['id'])
      .execute()
  },
  async down(db) {
    await db.schema.dropTable('tenant_settings_file').ifExists().execute()
  },
}
