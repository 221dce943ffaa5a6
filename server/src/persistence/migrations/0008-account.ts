/**
 * What a person tells about themself, which of several email addresses is the primary one, the picture, and accounts that
 * wait for their deletion.
 */
import type { Kysely } from 'kysely'
import type { DdlDialect } from '../dialect/engine.ts'
import { DIGEST, ID, INSTANT, LABEL } from './column-types.ts'
import type { Migration } from './migration.ts'

const TABLES: readonly [name: string, create: (db: Kysely<unknown>, ddl: DdlDialect) => Promise<void>][] = [
  ['profile_attribute', createProfileAttribute],
  ['profile_unique_value', createProfileUniqueValue],
  ['primary_email', createPrimaryEmail],
  ['profile_picture', createProfilePicture],
  ['account_deletion', createAccountDeletion],
]

export const account: Migration = {
  name: '0008-account',
  async up(db, ddl) {
    for (const [, create] of TABLES) await create(db, ddl)
  },
  async down(db) {
    for (const [name] of TABLES.toReversed()) await db.schema.dropTable(name).ifExists().execute()
  },
}

async function createProfileAttribute(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'profile_attribute')
    .addColumn('user_id', ID, (column) => column.notNull())
    .addColumn('name', LABEL, (column) => column.notNull())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('value_json', ddl.longText, (column) => column.notNull())
    .addColumn('updated_at', INSTANT, (column) => column.notNull())
    .addPrimaryKeyConstraint('profile_attribute_pk', ['user_id', 'name'])
    .addForeignKeyConstraint('profile_attribute_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
}

async function createProfileUniqueValue(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'profile_unique_value')
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('name', LABEL, (column) => column.notNull())
    .addColumn('value_hash', DIGEST, (column) => column.notNull())
    .addColumn('user_id', ID, (column) => column.notNull())
    .addPrimaryKeyConstraint('profile_unique_value_pk', ['tenant_id', 'name', 'value_hash'])
    .addForeignKeyConstraint('profile_unique_value_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'profile_unique_value_by_user', 'profile_unique_value', ['user_id'])
}

async function createPrimaryEmail(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'primary_email')
    .addColumn('user_id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('identity_id', ID, (column) => column.notNull())
    .addForeignKeyConstraint('primary_email_identity_fk', ['identity_id'], 'identity', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'primary_email_by_identity', 'primary_email', ['identity_id'])
}

async function createProfilePicture(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'profile_picture')
    .addColumn('user_id', ID, (column) => column.primaryKey())
    .addColumn('id', DIGEST, (column) => column.notNull())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('media_type', LABEL, (column) => column.notNull())
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    .addColumn('content_base64', ddl.longText, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addUniqueConstraint('profile_picture_id_unique', ['id'])
    .addForeignKeyConstraint('profile_picture_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
}

async function createAccountDeletion(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'account_deletion')
    .addColumn('user_id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('requested_at', INSTANT, (column) => column.notNull())
    .addColumn('remind_at', INSTANT, (column) => column.notNull())
    .addColumn('delete_at', INSTANT, (column) => column.notNull())
    .addColumn('reminded_at', INSTANT)
    .addForeignKeyConstraint('account_deletion_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'account_deletion_by_end', 'account_deletion', ['delete_at'])
}
