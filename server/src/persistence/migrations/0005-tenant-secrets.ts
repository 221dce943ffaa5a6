/** Credentials that the settings name and never hold: of message providers, later of others. */
import type { Migration } from './migration.ts'
import { ID, INSTANT, LABEL } from './column-types.ts'

export const tenantSecrets: Migration = {
  name: '0005-tenant-secrets',
  async up(db, ddl) {
    await ddl
      .createTable(db, 'tenant_secret')
      .addColumn('tenant_id', ID, (column) => column.notNull())
      .addColumn('name', LABEL, (column) => column.notNull())
      .addColumn('value_sealed', ddl.longText, (column) => column.notNull())
      .addColumn('set_at', INSTANT, (column) => column.notNull())
      .addPrimaryKeyConstraint('tenant_secret_pk', ['tenant_id', 'name'])
      .addForeignKeyConstraint('tenant_secret_tenant_fk', ['tenant_id'], 'tenant', ['id'])
      .execute()
  },
  async down(db) {
    await db.schema.dropTable('tenant_secret').ifExists().execute()
  },
}
