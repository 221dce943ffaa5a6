/** OAuth clients, their secrets, and how often they changed: what an instance remembers of them is good for one version. */
import type { Kysely } from 'kysely'
import type { DdlDialect } from '../dialect/engine.ts'
import type { Schema } from '../schema.ts'
import { DIGEST, DISPLAY, ID, INSTANT, LABEL } from './column-types.ts'
import type { Migration } from './migration.ts'

/** Ours are UUIDs; one that was brought along from another server may be longer. */
const CLIENT_ID = 'varchar(255)'

export const oauthClients: Migration = {
  name: '0017-oauth-clients',
  async up(db, ddl) {
    await createClient(db, ddl)
    await createSecret(db, ddl)
    await ddl.createIndex(db, 'oauth_client_secret_by_client', 'oauth_client_secret', ['tenant_id', 'client_id'])
    await ddl
      .createTable(db, 'oauth_client_version')
      .addColumn('tenant_id', ID, (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addForeignKeyConstraint('oauth_client_version_tenant_fk', ['tenant_id'], 'tenant', ['id'])
      .execute()
    await beginVersions(db)
  },
  async down(db) {
    for (const name of ['oauth_client_version', 'oauth_client_secret', 'oauth_client']) await db.schema.dropTable(name).ifExists().execute()
  },
}

async function createClient(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'oauth_client')
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('client_id', CLIENT_ID, (column) => column.notNull())
    .addColumn('name', DISPLAY, (column) => column.notNull())
    .addColumn('type', LABEL, (column) => column.notNull())
    .addColumn('metadata', ddl.longText, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('updated_at', INSTANT, (column) => column.notNull())
    .addPrimaryKeyConstraint('oauth_client_pk', ['tenant_id', 'client_id'])
    .addForeignKeyConstraint('oauth_client_tenant_fk', ['tenant_id'], 'tenant', ['id'])
    .execute()
}

async function createSecret(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'oauth_client_secret')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('client_id', CLIENT_ID, (column) => column.notNull())
    .addColumn('secret_hash', DIGEST, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('expires_at', INSTANT)
    .addForeignKeyConstraint('oauth_client_secret_client_fk', ['tenant_id', 'client_id'], 'oauth_client', ['tenant_id', 'client_id'])
    .execute()
}

/** There from the beginning, so that the first changes of all wait for each other instead of losing against each other. */
async function beginVersions(db: Kysely<Schema>): Promise<void> {
  const begun = db.selectFrom('oauth_client_version').select('tenant_id')
  const tenants = await db.selectFrom('tenant').select('id').where('id', 'not in', begun).execute()
  for (const { id } of tenants) await db.insertInto('oauth_client_version').values({ tenant_id: id, version: 0 }).execute()
}
