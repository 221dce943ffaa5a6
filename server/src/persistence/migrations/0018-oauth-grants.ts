/** Grants, codes and tokens of the OpenID provider, who is signed in at which client, and what people agreed to. */
import type { Kysely } from 'kysely'
import type { DdlDialect } from '../dialect/engine.ts'
import { DIGEST, ID, INSTANT, LABEL } from './column-types.ts'
import type { Migration } from './migration.ts'

const CLIENT_ID = 'varchar(255)'

const TABLES: readonly [name: string, create: (db: Kysely<unknown>, ddl: DdlDialect) => Promise<void>][] = [
  ['oauth_grant', createGrant],
  ['oauth_artifact', createArtifact],
  ['oauth_client_session', createClientSession],
  ['oauth_consent', createConsent],
]

export const oauthGrants: Migration = {
  name: '0018-oauth-grants',
  async up(db, ddl) {
    for (const [, create] of TABLES) await create(db, ddl)
  },
  async down(db) {
    for (const [name] of TABLES.toReversed()) await db.schema.dropTable(name).ifExists().execute()
  },
}

async function createGrant(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'oauth_grant')
    .addColumn('id', DIGEST, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('client_id', CLIENT_ID, (column) => column.notNull())
    .addColumn('user_id', ID, (column) => column.notNull())
    .addColumn('session_id', ID)
    .addColumn('payload', ddl.longText, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('expires_at', INSTANT, (column) => column.notNull())
    .addForeignKeyConstraint('oauth_grant_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'oauth_grant_by_client', 'oauth_grant', ['tenant_id', 'client_id'])
  await ddl.createIndex(db, 'oauth_grant_by_user', 'oauth_grant', ['user_id', 'client_id'])
  await ddl.createIndex(db, 'oauth_grant_by_session', 'oauth_grant', ['session_id'])
  await ddl.createIndex(db, 'oauth_grant_by_expiry', 'oauth_grant', ['expires_at'])
}

async function createArtifact(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'oauth_artifact')
    .addColumn('key', DIGEST, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('kind', LABEL, (column) => column.notNull())
    .addColumn('grant_id', DIGEST)
    .addColumn('client_id', CLIENT_ID)
    .addColumn('session_id', ID)
    .addColumn('outlives_session', 'integer', (column) => column.notNull())
    .addColumn('user_code_hash', DIGEST, (column) => column.unique())
    .addColumn('payload', ddl.longText, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('expires_at', INSTANT, (column) => column.notNull())
    .addColumn('consumed_at', INSTANT)
    .addForeignKeyConstraint('oauth_artifact_grant_fk', ['grant_id'], 'oauth_grant', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'oauth_artifact_by_grant', 'oauth_artifact', ['grant_id'])
  await ddl.createIndex(db, 'oauth_artifact_by_expiry', 'oauth_artifact', ['expires_at'])
}

async function createClientSession(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'oauth_client_session')
    .addColumn('session_id', ID, (column) => column.notNull())
    .addColumn('client_id', CLIENT_ID, (column) => column.notNull())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('sid', DIGEST, (column) => column.notNull())
    .addColumn('grant_id', DIGEST)
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addPrimaryKeyConstraint('oauth_client_session_pk', ['session_id', 'client_id'])
    .addForeignKeyConstraint('oauth_client_session_session_fk', ['session_id'], 'session', ['id'], (key) => key.onDelete('cascade'))
    .execute()
}

async function createConsent(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'oauth_consent')
    .addColumn('user_id', ID, (column) => column.notNull())
    .addColumn('client_id', CLIENT_ID, (column) => column.notNull())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('scope', ddl.longText, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('updated_at', INSTANT, (column) => column.notNull())
    .addPrimaryKeyConstraint('oauth_consent_pk', ['user_id', 'client_id'])
    .addForeignKeyConstraint('oauth_consent_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
}
