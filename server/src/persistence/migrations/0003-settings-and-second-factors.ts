/** What a tenant decided, and the second proof of who somebody is: one-time passwords, recovery codes, trusted browsers. */
import type { Kysely } from 'kysely'
import type { DdlDialect } from '../dialect/engine.ts'
import { DIGEST, DISPLAY, ID, INSTANT, LABEL } from './column-types.ts'
import type { Migration } from './migration.ts'

const TABLES: readonly [name: string, create: (db: Kysely<unknown>, ddl: DdlDialect) => Promise<void>][] = [
  ['tenant_settings', createTenantSettings],
  ['authenticator_totp', createAuthenticatorTotp],
  ['recovery_code', createRecoveryCode],
  ['trusted_device', createTrustedDevice],
]

export const settingsAndSecondFactors: Migration = {
  name: '0003-settings-and-second-factors',
  async up(db, ddl) {
    for (const [, create] of TABLES) await create(db, ddl)
  },
  async down(db) {
    for (const [name] of TABLES.toReversed()) await db.schema.dropTable(name).ifExists().execute()
  },
}

async function createTenantSettings(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'tenant_settings')
    .addColumn('tenant_id', ID, (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('document', ddl.longText, (column) => column.notNull())
    .addColumn('applied_at', INSTANT, (column) => column.notNull())
    .addForeignKeyConstraint('tenant_settings_tenant_fk', ['tenant_id'], 'tenant', ['id'])
    .execute()
}

async function createAuthenticatorTotp(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'authenticator_totp')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('user_id', ID, (column) => column.notNull())
    .addColumn('key_sealed', ddl.longText, (column) => column.notNull())
    .addColumn('name', DISPLAY, (column) => column.notNull())
    .addColumn('last_step', INSTANT, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('last_used_at', INSTANT)
    .addForeignKeyConstraint('authenticator_totp_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'authenticator_totp_by_user', 'authenticator_totp', ['user_id'])
}

async function createRecoveryCode(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'recovery_code')
    .addColumn('user_id', ID, (column) => column.notNull())
    .addColumn('code_hash', DIGEST, (column) => column.notNull())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('used_at', INSTANT)
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addPrimaryKeyConstraint('recovery_code_pk', ['user_id', 'code_hash'])
    .addForeignKeyConstraint('recovery_code_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
}

async function createTrustedDevice(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'trusted_device')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('user_id', ID, (column) => column.notNull())
    .addColumn('secret_hash', DIGEST, (column) => column.notNull())
    .addColumn('user_agent', 'varchar(1024)', (column) => column.notNull())
    .addColumn('ip', LABEL, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('last_used_at', INSTANT, (column) => column.notNull())
    .addColumn('expires_at', INSTANT, (column) => column.notNull())
    .addUniqueConstraint('trusted_device_secret_unique', ['secret_hash'])
    .addForeignKeyConstraint('trusted_device_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'trusted_device_by_user', 'trusted_device', ['user_id'])
  await ddl.createIndex(db, 'trusted_device_by_expiry', 'trusted_device', ['expires_at'])
}
