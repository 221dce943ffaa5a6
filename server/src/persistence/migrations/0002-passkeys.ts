/** Passkeys, and the random handle that authenticators know an account by. */
import type { Kysely } from 'kysely'
import type { DdlDialect } from '../dialect/engine.ts'
import { DIGEST, DISPLAY, ID, INSTANT, LABEL } from './column-types.ts'
import type { Migration } from './migration.ts'

export const passkeys: Migration = {
  name: '0002-passkeys',
  async up(db, ddl) {
    await createUserHandle(db, ddl)
    await createPasskey(db, ddl)
  },
  async down(db) {
    await db.schema.dropTable('authenticator_passkey').ifExists().execute()
    await db.schema.dropTable('webauthn_user_handle').ifExists().execute()
  },
}

async function createUserHandle(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'webauthn_user_handle')
    .addColumn('user_id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('handle', DIGEST, (column) => column.notNull())
    .addUniqueConstraint('webauthn_user_handle_unique', ['handle'])
    .addForeignKeyConstraint('webauthn_user_handle_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
}

async function createPasskey(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'authenticator_passkey')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('user_id', ID, (column) => column.notNull())
    .addColumn('credential_id', ddl.longText, (column) => column.notNull())
    .addColumn('credential_id_hash', DIGEST, (column) => column.notNull())
    .addColumn('public_key', ddl.longText, (column) => column.notNull())
    // A counter of 32 bits without a sign (WebAuthn Level 3, section 6.1).
    .addColumn('sign_count', 'bigint', (column) => column.notNull())
    .addColumn('transports', 'varchar(200)', (column) => column.notNull())
    .addColumn('aaguid', LABEL, (column) => column.notNull())
    .addColumn('is_backup_eligible', 'integer', (column) => column.notNull())
    .addColumn('is_backed_up', 'integer', (column) => column.notNull())
    .addColumn('name', DISPLAY, (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('last_used_at', INSTANT)
    .addUniqueConstraint('authenticator_passkey_credential_unique', ['credential_id_hash'])
    .addForeignKeyConstraint('authenticator_passkey_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'authenticator_passkey_by_user', 'authenticator_passkey', ['user_id'])
}
