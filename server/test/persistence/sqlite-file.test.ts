import { statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { GroupCommit } from '../../src/persistence/dialect/group-commit.ts'
import { SqliteConnection } from '../../src/persistence/dialect/sqlite-connection.ts'
import { DatabaseUnavailable, openDatabase } from '../../src/persistence/index.ts'
import { testEngines } from '../harness/engines.ts'
import { insertSpent, openAgain, openFresh, random, spent, spentKeys } from './open-fresh.ts'

describe.runIf(testEngines.includes('sqlite'))('the SQLite file', () => {
  it('is made with its folder, readable by its owner alone, in WAL mode', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatepost-open-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'deep', 'er', 'gatepost.db')
    const db = await openAgain(`sqlite:${path}`)
    await db.ping()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
    const raw = new DatabaseSync(path)
    expect(raw.prepare('pragma journal_mode').get()).toMatchObject({ journal_mode: 'wal' })
    raw.close()
  })

  it('that cannot be opened is a database that is unavailable, and names no path', async () => {
    const { url } = await openFresh('sqlite')
    const attempt = openDatabase({ url: `${url}/not-a-folder/place.db`, random })
    await expect(attempt).rejects.toBeInstanceOf(DatabaseUnavailable)
    await expect(attempt).rejects.not.toThrow('place.db')
  })

  it('refuses a URL without a file', async () => {
    await expect(openDatabase({ url: 'sqlite::memory:', random })).rejects.toThrow('needs the path of a file')
    await expect(openDatabase({ url: 'oracle://x', random })).rejects.toThrow('must start with')
  })

  it('lets readers read while another process writes, and the writer wait for it', async () => {
    const { db, url } = await openFresh('sqlite')
    const other = new DatabaseSync(url.slice('sqlite:'.length))
    other.exec('begin immediate')
    const writing = insertSpent(db, 'waited')
    expect(await spentKeys(db)).toEqual([])
    setTimeout(() => other.exec('commit'), 300)
    await writing
    other.close()
    expect(await spentKeys(db)).toEqual(['waited'])
  })

  it('is unavailable to writers, not to readers, while another process keeps its lock; the process stays awake', async () => {
    const { db, url } = await openFresh('sqlite')
    const other = new DatabaseSync(url.slice('sqlite:'.length))
    onTestFinished(() => other.close())
    other.exec('begin immediate')

    let ticks = 0
    const ticking = setInterval(() => ticks++, 20)
    const started = performance.now()
    const results = await Promise.allSettled([insertSpent(db, 'first'), insertSpent(db, 'second')])
    clearInterval(ticking)
    expect(results.map((result) => (result.status === 'rejected' ? result.reason : undefined))).toEqual([
      expect.any(DatabaseUnavailable),
      expect.any(DatabaseUnavailable),
    ])
    expect(performance.now() - started).toBeLessThan(6_500)
    expect(ticks).toBeGreaterThan(50)
    expect(await spentKeys(db)).toEqual([])

    other.exec('rollback')
    await insertSpent(db, 'afterwards')
    expect(await spentKeys(db)).toEqual(['afterwards'])
  }, 15_000)

  it('fails all of the transactions of a commit that fails, and recovers', async () => {
    const { db, url } = await openFresh('sqlite')
    await insertSpent(db, 'before')
    const path = url.slice('sqlite:'.length)
    const raw = new DatabaseSync(path)
    const { page_count: pages } = raw.prepare('pragma page_count').get() as { page_count: number }
    raw.close()

    // The file may not grow any further: what no longer fits is a full disk to SQLite.
    await db.transaction((tx) => sql.raw(`pragma max_page_count = ${pages + 2}`).execute(tx))
    const large = 'x'.repeat(300)
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) => db.transaction((tx) => tx.insertInto('spent_once').values(spent(`${large}${n}`)).execute())),
    )
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
    expect(failures.length).toBeGreaterThan(0)
    for (const failure of failures) expect(failure).toBeInstanceOf(DatabaseUnavailable)
    // What was acknowledged is there, and what was refused is not.
    const keys = await spentKeys(db)
    expect(keys).toHaveLength(1 + results.length - failures.length)
  })

  it('acknowledges nothing before its log is on disk; what is committed while one sync runs shares the next', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatepost-sync-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const connection = new SqliteConnection(join(folder, 'gatepost.db'), { readOnly: false })
    onTestFinished(() => connection.close())
    connection.useWriteAheadLog()
    connection.run('create table kept (name text)', [])
    const syncs: PromiseWithResolvers<void>[] = []
    const syncLog = () => {
      const one = Promise.withResolvers<void>()
      syncs.push(one)
      return one.promise
    }
    const turns = new GroupCommit(connection, { random, syncLog })
    const acknowledged: string[] = []
    const write = async (name: string) => {
      await turns.begin()
      connection.run('insert into kept values (?)', [name])
      await turns.commit().then(() => acknowledged.push(name), () => acknowledged.push(`${name} lost`))
    }

    const first = write('a')
    await vi.waitFor(() => expect(syncs).toHaveLength(1))
    const others = [write('b'), write('c')]
    await vi.waitFor(() => expect(connection.inTransaction).toBe(false))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(acknowledged).toEqual([])
    expect(syncs).toHaveLength(1)
    syncs[0]!.resolve()
    await first
    expect(acknowledged).toEqual(['a'])

    await vi.waitFor(() => expect(syncs).toHaveLength(2))
    syncs[1]!.reject(new Error('EIO'))
    await Promise.all(others)
    expect(acknowledged).toEqual(['a', 'b lost', 'c lost'])
    const last = write('d')
    await vi.waitFor(() => expect(syncs).toHaveLength(3))
    syncs[2]!.resolve()
    await last
    await turns.flush()
    expect(acknowledged).toEqual(['a', 'b lost', 'c lost', 'd'])
  })
})
