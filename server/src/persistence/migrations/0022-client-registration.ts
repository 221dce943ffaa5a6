/** Clients that registered themselves, and the initial access tokens that let them. */
import type { DdlDialect } from '../dialect/engine.ts'
import { DIGEST, ID, INSTANT } from './column-types.ts'
import type { Migration } from './migration.ts'

export const clientRegistration: Migration = {
  name: '0022-client-registration',
  async up(db, ddl: DdlDialect) {
    await ddl.addColumn(db, 'oauth_client', 'registered_at', INSTANT)
    await ddl.addColumn(db, 'oauth_client', 'registration_token_hash', DIGEST)
    await ddl.addColumn(db, 'oauth_client', 'software_statement', ddl.longText)
    await ddl.addColumn(db, 'oauth_client', 'last_used_at', INSTANT)
    await ddl.createIndex(db, 'oauth_client_by_registration', 'oauth_client', ['tenant_id', 'registered_at'])
    await ddl
      .createTable(db, 'oauth_registration_token')
      .addColumn('id', ID, (column) => column.primaryKey())
      .addColumn('tenant_id', ID, (column) => column.notNull())
      .addColumn('token_hash', DIGEST, (column) => column.notNull().unique())
      .addColumn('created_at', INSTANT, (column) => column.notNull())
      .addColumn('expires_at', INSTANT, (column) => column.notNull())
      .addColumn('uses', 'integer', (column) => column.notNull())
      .addColumn('used', 'integer', (column) => column.notNull())
      .addColumn('revoked_at', INSTANT)
      .addForeignKeyConstraint('oauth_registration_token_tenant_fk', ['tenant_id'], 'tenant', ['id'])
      .execute()
    await ddl.createIndex(db, 'oauth_registration_token_by_expiry', 'oauth_registration_token', ['expires_at'])
  },
  async down(db, ddl) {
    await db.schema.dropTable('oauth_registration_token').ifExists().execute()
    await ddl.dropIndex(db, 'oauth_client_by_registration', 'oauth_client')
    for (const column of ['last_used_at', 'software_statement', 'registration_token_hash', 'registered_at']) await db.schema.alterTable('oauth_client').dropColumn(column).execute()
  },
}
