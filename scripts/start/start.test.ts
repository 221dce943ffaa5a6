import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** Stands in for the server: says what it got, and ends a while after the first signal. */
const SERVER = `
const signals: string[] = []
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => {
  signals.push(name)
  if (signals.length === 1) setTimeout(() => { console.log('signals ' + signals.join()); process.exit(7) }, 300)
})
console.log('pid ' + process.pid + ' arguments ' + process.argv.slice(2).join())
setInterval(() => {}, 1000)
`
const LOCK = '{ "packages": {} }'

let folder: string
let start: ChildProcess
let output: string

/** A checkout in which everything is installed, with the real scripts and the stand-in. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatepost-start-'))
  await cp(fileURLToPath(new URL('..', import.meta.url)), join(folder, 'scripts'), { recursive: true })
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true })
  await symlink(process.execPath, join(folder, 'node_modules/.bin/node'))
  await mkdir(join(folder, 'server/src'), { recursive: true })
  await writeFile(join(folder, 'server/src/main.ts'), SERVER)
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'package-lock.json'), LOCK)
  await writeFile(join(folder, 'node_modules/.package-lock.json'), LOCK)

  output = ''
  const options: SpawnOptions = { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'inherit'] }
  start = spawn(process.execPath, ['scripts/start.mjs', '--port', '0'], options)
  start.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await expect.poll(() => output, { timeout: 10_000 }).toContain('pid ')
})

afterEach(async () => {
  if (start.exitCode === null) start.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

test('start runs the server in development with the words that were given', () => {
  expect(output).toContain('arguments dev,--port,0')
})

test('a signal to start reaches the server, whose exit code becomes its own', async () => {
  start.kill('SIGTERM')
  const [code] = (await once(start, 'exit')) as [number]
  expect({ code, output }).toEqual({ code: 7, output: expect.stringContaining('signals SIGTERM\n') })
})

test('Ctrl-C, which reaches start from the terminal and again from npm, reaches the server once', async () => {
  process.kill(-(start.pid ?? 0), 'SIGINT')
  start.kill('SIGINT')
  await once(start, 'exit')
  expect(output).toContain('signals SIGINT\n')
})

test('the end of the shell in which npm runs start, which passes no signal on, reaches the server once', async () => {
  const under = { npm_lifecycle_script: 'node scripts/start.mjs' }
  const shell = spawn('sh', ['-c', 'node scripts/start.mjs; exit 0'], {
    cwd: folder,
    env: { ...process.env, ...under, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  shell.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await expect.poll(() => said, { timeout: 10_000 }).toContain('pid ')
  shell.kill('SIGTERM')
  await expect.poll(() => said, { timeout: 10_000 }).toContain('signals SIGTERM\n')
})

test('a start that is killed without warning takes the server with it', async () => {
  const server = Number(/pid (\d+)/.exec(output)?.[1])
  start.kill('SIGKILL')
  await expect.poll(() => isAlive(server), { timeout: 10_000 }).toBe(false)
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
