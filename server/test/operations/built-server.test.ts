// SQLite: what is shipped is one for all engines, and each is loaded when it is first needed.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttpClient } from '../harness/http-client.ts'
import { makeWorkingFolder, SPAWN_KEY, spawnGatepost, spawnServer } from '../harness/spawned-server.ts'
import type { SmtpFixture } from '../mail/smtp-fixture.ts'
import { startSmtpServer } from '../mail/smtp-fixture.ts'
import { PASSWORD, signUpByMail } from './sign-up-by-mail.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

describe('what npm run build makes', { timeout: 120_000 }, () => {
  let smtp: SmtpFixture
  let work: Awaited<ReturnType<typeof makeWorkingFolder>>
  let built: string
  beforeAll(async () => {
    smtp = await startSmtpServer()
    work = await makeWorkingFolder()
    // Below node_modules, where Node strips no types: only compiled code starts there.
    mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true })
    built = mkdtempSync(join(ROOT, 'node_modules/.cache/built-server-'))
    const build = spawnSync(process.execPath, [join(ROOT, 'scripts/build-server.ts'), join(built, 'dist')], { encoding: 'utf8' })
    if (build.status !== 0) throw new Error(build.stderr)
  })
  afterAll(async () => {
    rmSync(built, { recursive: true, force: true })
    await smtp.close()
    await work.remove()
  })

  test('signs somebody up, out and in again, and somebody who was brought in', async () => {
    const server = await spawnServer({ cwd: work.path, main: join(built, 'dist/main.js'), env: { SMTP_URL: `smtp://127.0.0.1:${smtp.port}` } })
    const client = createHttpClient(server.port)
    const page = await client.get('/auth/login')
    expect(page.status).toBe(200)
    for (const [, asset] of page.body.matchAll(/(?:href|src)="(\/auth\/assets\/[^"]+)"/g)) expect((await client.get(asset!)).status, asset).toBe(200)

    await signUpByMail(client, smtp, 'shipped@example.com')
    // Where a thread has a niceness of its own, hashing gives way to the event loop.
    if (process.platform === 'linux') expect(niceness(server.pid)).toEqual({ event_loop: [0], pool: expect.arrayContaining([10]) as number[] })
    expect((await client.api('POST', '/sessions/logout')).status).toBe(204)
    expect((await client.api('POST', '/login', { identifier: 'shipped@example.com', password: 'not the password' })).status).toBe(401)
    expect((await client.api('POST', '/login', { identifier: 'shipped@example.com', password: PASSWORD })).status).toBe(200)
    expect((await client.api('GET', '/user')).json()).toMatchObject({ email: 'shipped@example.com' })

    // Computed in a thread, which starts from a file of its own.
    const password_hash = '$6$saltstring$qvPJY4PeugKzKQqyIJ0gRdJnpS0uaaiZ.X1SaheFedsK/yZPwlluTLS90fJPM41sD5JxCHKgGr1..qt5HqEY8.'
    writeFileSync(join(work.path, 'users.jsonl'), JSON.stringify({ email: 'imported@example.com', email_verified: true, password_hash }))
    const imported = spawnGatepost(['users', 'import', 'users.jsonl'], { cwd: work.path, main: join(built, 'dist/main.js'), env: { ENCRYPTION_KEY: SPAWN_KEY } })
    expect(await imported.ended()).toMatchObject({ code: 0, stderr: '', stdout: '1 imported, 0 skipped, 0 refused\n' })
    const guest = createHttpClient(server.port)
    expect((await guest.api('POST', '/login', { identifier: 'imported@example.com', password: 'correct horse battery staple' })).status).toBe(200)

    server.kill('SIGTERM')
    expect(await server.ended()).toMatchObject({ code: 0, stderr: '' })
  })

  test('carries the licence of every package inside it', () => {
    const notices = readFileSync(join(built, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8')
    for (const name of ['fastify', 'kysely', 'zod', 'jose', 'pino']) expect(notices).toContain(`\n${name} `)
    expect(notices).not.toContain('licence not declared')
    expect(notices.match(/^Permission is hereby granted/gm)!.length).toBeGreaterThan(20)
  })
})

/** Field 19 of /proc/[pid]/task/[tid]/stat (proc_pid_stat(5)), of the first thread and of libuv's. */
function niceness(pid: number): { event_loop: number[]; pool: number[] } {
  const tasks = readdirSync(`/proc/${pid}/task`)
  const named = tasks.map((thread) => {
    const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')) ?? []
    return { thread, name, nice: Number(rest.split(' ')[16]) }
  })
  return {
    event_loop: named.filter(({ thread }) => thread === String(pid)).map(({ nice }) => nice),
    pool: named.filter(({ name }) => name === 'libuv-worker').map(({ nice }) => nice),
  }
}
