/**
 * A database of its own for every test file, made fast: PostgreSQL copies a migrated template, SQLite a migrated file,
 * MariaDB migrates anew.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import postgres from 'postgres'
import { migrateUp, openDatabase } from '../../server/src/persistence/index.ts'

export type TestEngine = 'sqlite' | 'postgres' | 'mariadb'

export interface TestDatabase {
  readonly url: string
  drop(): Promise<void>
}

const POSTGRES_TEMPLATE = 'gatepost_template'

const random = { bytes: (length: number) => randomBytes(length) }
const clock = { now: () => Date.now() }

/**
 * `source` is a server's URL for PostgreSQL and MariaDB, and the path of a migrated file for SQLite
 * (`makeSqliteTemplate`). For PostgreSQL call `makePostgresTemplate` once before.
 */
export async function createTestDatabase(engine: TestEngine, source: string, options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const { migrated = true } = options
  switch (engine) {
    case 'sqlite':
      return createSqliteDatabase(source, migrated)
    case 'postgres':
      return createPostgresDatabase(source, migrated)
    case 'mariadb':
      return createMariadbDatabase(source, migrated)
  }
}

/** @returns the path of a migrated, closed file */
export async function makeSqliteTemplate(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = join(await mkdtemp(join(tmpdir(), 'gatepost-sqlite-template-')), 'template.db')
  await migrate(`sqlite:${path}`)
  return { path, remove: () => rm(dirname(path), { recursive: true, force: true }) }
}

/** Once a server. */
export async function makePostgresTemplate(serverUrl: string): Promise<void> {
  await onPostgres(serverUrl, `create database ${POSTGRES_TEMPLATE}`)
  await migrate(withDatabase(serverUrl, POSTGRES_TEMPLATE))
}

async function createSqliteDatabase(template: string, migrated: boolean): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'gatepost-sqlite-'))
  const path = join(folder, 'test.db')
  if (migrated) await copyFile(template, path)
  return { url: `sqlite:${path}`, drop: () => rm(folder, { recursive: true, force: true }) }
}

async function createPostgresDatabase(serverUrl: string, migrated: boolean): Promise<TestDatabase> {
  const name = newDatabaseName()
  await onPostgres(serverUrl, `create database ${name}${migrated ? ` template ${POSTGRES_TEMPLATE}` : ''}`)
  return {
    url: withDatabase(serverUrl, name),
    drop: () => onPostgres(serverUrl, `drop database if exists ${name} with (force)`),
  }
}

async function createMariadbDatabase(serverUrl: string, migrated: boolean): Promise<TestDatabase> {
  const name = newDatabaseName()
  await onMariadb(serverUrl, `create database ${name}`)
  const url = withDatabase(serverUrl, name)
  if (migrated) await migrate(url)
  return { url, drop: () => onMariadb(serverUrl, `drop database if exists ${name}`) }
}

async function migrate(url: string): Promise<void> {
  const database = await openDatabase({ url, random })
  try {
    await migrateUp(database, { clock })
  } finally {
    await database.close()
  }
}

async function onPostgres(serverUrl: string, statement: string): Promise<void> {
  const client = postgres(serverUrl, { max: 1, onnotice: () => {} })
  try {
    await client.unsafe(statement)
  } finally {
    await client.end()
  }
}

async function onMariadb(serverUrl: string, statement: string): Promise<void> {
  const connection = await createConnection(serverUrl)
  try {
    await connection.query(statement)
  } finally {
    await connection.end()
  }
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

function newDatabaseName(): string {
  return `test_${randomUUID().replaceAll('-', '')}`
}
