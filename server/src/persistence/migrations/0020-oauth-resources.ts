/** Resources that clients ask for access tokens for (RFC 8707). They change under the version of the clients. */
import { DISPLAY, ID, INSTANT } from './column-types.ts'
import type { Migration } from './migration.ts'

/** A URI; so long it still fits the key of every engine. */
const IDENTIFIER = 'varchar(255)'

export const oauthResources: Migration = {
  name: '0020-oauth-resources',
  async up(db, ddl) {
    await ddl
      .createTable(db, 'oauth_resource')
      .addColumn('tenant_id', ID, (column) => column.notNull())
      .addColumn('identifier', IDENTIFIER, (column) => column.notNull())
      .addColumn('name', DISPLAY, (column) => column.notNull())
      .addColumn('declared', ddl.longText, (column) => column.notNull())
      .addColumn('created_at', INSTANT, (column) => column.notNull())
      .addColumn('updated_at', INSTANT, (column) => column.notNull())
      .addPrimaryKeyConstraint('oauth_resource_pk', ['tenant_id', 'identifier'])
      .addForeignKeyConstraint('oauth_resource_tenant_fk', ['tenant_id'], 'tenant', ['id'])
      .execute()
  },
  async down(db) {
    await db.schema.dropTable('oauth_resource').ifExists().execute()
  },
}
