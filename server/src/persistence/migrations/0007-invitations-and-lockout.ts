/** Who may sign up by invitation, and how many wrong proofs were given in a row. */
import type { Kysely } from 'kysely'
import type { DdlDialect } from '../dialect/engine.ts'
import { DIGEST, DISPLAY, ID, INSTANT, KEY, LABEL } from './column-types.ts'
import type { Migration } from './migration.ts'

const TABLES: readonly [name: string, create: (db: Kysely<unknown>, ddl: DdlDialect) => Promise<void>][] = [
  ['invitation', createInvitation],
  ['failed_attempts', createFailedAttempts],
  ['known_device_reset', createKnownDeviceReset],
]

export const invitationsAndLockout: Migration = {
  name: '0007-invitations-and-lockout',
  async up(db, ddl) {
    for (const [, create] of TABLES) await create(db, ddl)
  },
  async down(db) {
    for (const [name] of TABLES.toReversed()) await db.schema.dropTable(name).ifExists().execute()
  },
}

async function createInvitation(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'invitation')
    .addColumn('id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('email_normalised', KEY, (column) => column.notNull())
    .addColumn('email_display', DISPLAY, (column) => column.notNull())
    .addColumn('secret_hash', DIGEST, (column) => column.notNull())
    .addColumn('role', LABEL)
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('expires_at', INSTANT, (column) => column.notNull())
    .addColumn('revoked_at', INSTANT)
    .addColumn('accepted_at', INSTANT)
    .addColumn('user_id', ID)
    .addUniqueConstraint('invitation_secret_unique', ['secret_hash'])
    .addForeignKeyConstraint('invitation_tenant_fk', ['tenant_id'], 'tenant', ['id'])
    .addForeignKeyConstraint('invitation_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'invitation_by_email', 'invitation', ['tenant_id', 'email_normalised'])
  await ddl.createIndex(db, 'invitation_by_user', 'invitation', ['user_id'])
  await ddl.createIndex(db, 'invitation_by_expiry', 'invitation', ['expires_at'])
}

async function createFailedAttempts(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'failed_attempts')
    .addColumn('subject', DIGEST, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('user_id', ID)
    .addColumn('kind', LABEL, (column) => column.notNull())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('locked_until', INSTANT, (column) => column.notNull())
    .addColumn('forget_at', INSTANT, (column) => column.notNull())
    .addForeignKeyConstraint('failed_attempts_tenant_fk', ['tenant_id'], 'tenant', ['id'])
    .addForeignKeyConstraint('failed_attempts_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
  await ddl.createIndex(db, 'failed_attempts_by_user', 'failed_attempts', ['user_id'])
  await ddl.createIndex(db, 'failed_attempts_by_forgetting', 'failed_attempts', ['forget_at'])
}

async function createKnownDeviceReset(db: Kysely<unknown>, ddl: DdlDialect): Promise<void> {
  await ddl
    .createTable(db, 'known_device_reset')
    .addColumn('user_id', ID, (column) => column.primaryKey())
    .addColumn('tenant_id', ID, (column) => column.notNull())
    .addColumn('reset_at', INSTANT, (column) => column.notNull())
    .addForeignKeyConstraint('known_device_reset_user_fk', ['user_id'], 'user_account', ['id'], (key) => key.onDelete('cascade'))
    .execute()
}
