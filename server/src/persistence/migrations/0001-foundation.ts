/**
 * Tenants, users and how they are recognised, sessions and their tokens, codes, keys, the outbox and the event log,
 * and the default tenant, so that everything that follows can count on one.
 */
import { sql, type Kysely } from 'kysely'
import { DEFAULT_TENANT_ID } from '../../domain/ids.ts'
import type { DdlDialect } from '../dialect/engine.ts'
import { DIGEST, DISPLAY, ID, INSTANT, KEY, LABEL } from './column-types.ts'
import type { Migration } from './migration.ts'

/** In the order in which foreign keys allow creating them; dropped backwards. */
const TABLES: readonly [name: string, create: (db: Kysely<unknown>, ddl: DdlDialect) => Promise<void>][] = [
  ['tenant', createTenant],
  ['user_account', createUserAccount],
  ['identity', createIdentity],
  ['authenticator_password', createAuthenticatorPassword],
  ['user_role', createUserRole],
  ['session', createSession],
  ['refresh_token', createRefreshToken],
  ['one_time_code', createOneTimeCode],
  ['spent_once', createSpentOnce],
  ['signing_key', createSigningKey],
  ['outbox', createOutbox],
  ['event', createEvent],
]

export const foundation: Migration = {
  name: '0001-foundation',
  async up(db, ddl) {
    for (const [, create] of TABLES) await create(db, ddl)
    await insertDefaultTenant(db)
  },
  async down(db) {
    for (const [name] of TABLES.toReversed()) await db.schema.dropTable(name).ifExists().execute()
  },
}

async function createTenant(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'tenant')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('name', 'varchar(200)', (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .execute()
}

async function createUserAccount(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'user_account')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('display_name', DISPLAY)
    .addColumn('disabled_at', INSTANT)
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('updated_at', INSTANT, (column) => column.notNull())
    .addForeignKeyConstraint('user_account_tenant_fk', ['tenant_id'], 'tenant', ['id'])
    .execute()
  await ddl.createIndex(db, 'user_account_by_tenant', 'user_account', ['tenant_id', 'id'])
}

async function createIdentity(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'identity')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('user_id', ID, (column) => column.notNull())
    .addColumn('kind', LABEL, (column) => column.notNull())
    .addColumn('key_normalised', KEY, (column) => column.notNull())
    .addColumn('display', DISPLAY, (column) => column.notNull())
    .addColumn('verified_at', INSTANT)
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addUniqueConstraint('identity_key_unique', ['tenant_id', 'kind', 'key_normalised'])
    .addForeignKeyConstraint('identity_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'identity_by_user', 'identity', ['user_id'])
}

async function createAuthenticatorPassword(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'authenticator_password')
    .addColumn('user_id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('hash', 'varchar(512)', (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('updated_at', INSTANT, (column) => column.notNull())
    .addForeignKeyConstraint('authenticator_password_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
}

async function createUserRole(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'user_role')
    .addColumn('user_id', ID, (column) => column.notNull())
    .addColumn('role', LABEL, (column) => column.notNull())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('granted_at', INSTANT, (column) => column.notNull())
    .addPrimaryKeyConstraint('user_role_pk', ['user_id', 'role'])
    .addForeignKeyConstraint('user_role_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'user_role_by_role', 'user_role', ['tenant_id', 'role'])
}

async function createSession(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'session')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('user_id', ID, (column) => column.notNull())
    .addColumn('authenticated_at', INSTANT, (column) => column.notNull())
    .addColumn('amr', 'varchar(200)', (column) => column.notNull())
    .addColumn('user_agent', 'varchar(1024)', (column) => column.notNull())
    .addColumn('ip', LABEL, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('last_used_at', INSTANT, (column) => column.notNull())
    .addColumn('idle_expires_at', INSTANT, (column) => column.notNull())
    .addColumn('expires_at', INSTANT, (column) => column.notNull())
    .addColumn('ended_at', INSTANT)
    .addColumn('ended_reason', LABEL)
    .addForeignKeyConstraint('session_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'session_by_user', 'session', ['user_id'])
  await ddl.createIndex(db, 'session_by_expiry', 'session', ['expires_at'])
}

async function createRefreshToken(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'refresh_token')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('session_id', ID, (column) => column.notNull())
    .addColumn('secret_hash', DIGEST, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('expires_at', INSTANT, (column) => column.notNull())
    .addColumn('rotated_at', INSTANT)
    .addColumn('successor_sealed', ddl.longText)
    .addUniqueConstraint('refresh_token_secret_unique', ['secret_hash'])
    .addForeignKeyConstraint('refresh_token_session_fk', ['session_id'], 'session', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'refresh_token_by_session', 'refresh_token', ['session_id'])
}

async function createOneTimeCode(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'one_time_code')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('purpose', LABEL, (column) => column.notNull())
    .addColumn('user_id', ID)
    .addColumn('session_id', ID)
    .addColumn('flow_id', ID)
    .addColumn('destination', KEY, (column) => column.notNull())
    .addColumn('code_hash', DIGEST, (column) => column.notNull())
    .addColumn('continuation_sealed', ddl.longText, (column) => column.notNull())
    .addColumn('is_decoy', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('sends', 'integer', (column) => column.notNull())
    .addColumn('last_sent_at', INSTANT, (column) => column.notNull())
    .addColumn('code_expires_at', INSTANT, (column) => column.notNull())
    .addColumn('expires_at', INSTANT, (column) => column.notNull())
    .addColumn('consumed_at', INSTANT)
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .execute()
  await ddl.createIndex(db, 'one_time_code_by_flow', 'one_time_code', ['flow_id'])
  await ddl.createIndex(db, 'one_time_code_by_user', 'one_time_code', ['user_id'])
  await ddl.createIndex(db, 'one_time_code_by_expiry', 'one_time_code', ['expires_at'])
}

async function createSpentOnce(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'spent_once')
    .addColumn('purpose', LABEL, (column) => column.notNull())
    .addColumn('key', KEY, (column) => column.notNull())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('spent_at', INSTANT, (column) => column.notNull())
    .addColumn('expires_at', INSTANT, (column) => column.notNull())
    .addPrimaryKeyConstraint('spent_once_pk', ['purpose', 'key'])
    .execute()
  await ddl.createIndex(db, 'spent_once_by_expiry', 'spent_once', ['expires_at'])
}

async function createSigningKey(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'signing_key')
    // A key that the operator brings keeps the id that the operator gave it.
    .addColumn('id', 'varchar(255)', (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('algorithm', LABEL, (column) => column.notNull())
    .addColumn('public_jwk', ddl.longText, (column) => column.notNull())
    .addColumn('private_jwk_sealed', ddl.longText, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('activates_at', INSTANT, (column) => column.notNull())
    .addColumn('retired_at', INSTANT)
    .addColumn('expires_at', INSTANT)
    .addForeignKeyConstraint('signing_key_tenant_fk', ['tenant_id'], 'tenant', ['id'])
    .execute()
  await ddl.createIndex(db, 'signing_key_by_tenant', 'signing_key', ['tenant_id'])
}

async function createOutbox(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'outbox')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('kind', LABEL, (column) => column.notNull())
    .addColumn('payload_sealed', ddl.longText, (column) => column.notNull())
    .addColumn('state', LABEL, (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', INSTANT, (column) => column.notNull())
    .addColumn('claimed_until', INSTANT)
    .addColumn('last_error', ddl.longText)
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('settled_at', INSTANT)
    .execute()
  await ddl.createIndex(db, 'outbox_by_due', 'outbox', ['state', 'next_attempt_at'])
}

/** No foreign key to the user: what happened outlives whom it happened to. */
async function createEvent(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'event')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('type', 'varchar(100)', (column) => column.notNull())
    .addColumn('actor_user_id', ID)
    .addColumn('user_id', ID)
    .addColumn('session_id', ID)
    .addColumn('ip', LABEL)
    .addColumn('user_agent', 'varchar(1024)')
    .addColumn('data', ddl.longText, (column) => column.notNull())
    .addColumn('occurred_at', INSTANT, (column) => column.notNull())
    .execute()
  await ddl.createIndex(db, 'event_by_user', 'event', ['tenant_id', 'user_id', 'occurred_at'])
  await ddl.createIndex(db, 'event_by_time', 'event', ['tenant_id', 'occurred_at'])
}

async function insertDefaultTenant(db: Kysely<unknown>): Promise<void> {
  const existing = await sql`select id from tenant where id = ${DEFAULT_TENANT_ID}`.execute(db)
  if (existing.rows.length > 0) return
  await sql`insert into tenant (id, name, created_at) values (${DEFAULT_TENANT_ID}, ${'default'}, 0)`.execute(db)
}
