// SQLite: whom a signal reaches is the machine's doing, whatever the database is.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeWorkingFolder, SPAWN_KEY } from '../harness/spawned-server.ts'

const BINARIES = {
  'gatepost serve': fileURLToPath(new URL('../../bin/gatepost.mjs', import.meta.url)),
  'gatepost gateway': fileURLToPath(new URL('../../bin/gatepost.mjs', import.meta.url)),
  'gatepost-gateway': fileURLToPath(new URL('../../../gateway/bin/gatepost-gateway.mjs', import.meta.url)),
}

let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
const started = new Set<number>()
beforeEach(async () => {
  folder = await makeWorkingFolder()
})
afterEach(async () => {
  for (const pid of started) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  started.clear()
  await folder.remove()
})

/** As npm runs a command: in a shell that it signals, and that passes nothing on. Says the command's own process. */
async function runAsNpmDoes(command: keyof typeof BINARIES, script: string) {
  const line = `"${process.execPath}" "${BINARIES[command]}" ${command.split(' ').slice(1).join(' ')} & echo "process $!"; wait`
  const shell = spawn('sh', ['-c', line], {
    cwd: folder.path,
    env: { PATH: process.env.PATH, TZ: 'UTC', PORT: '0', GATEWAY_BIND: '127.0.0.1:0', ENCRYPTION_KEY: SPAWN_KEY, npm_lifecycle_script: script },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  shell.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await expect.poll(() => output, { timeout: 20_000 }).toMatch(/"msg":"listening"|"url":"http/)
  const pid = Number(/process (\d+)/.exec(output)?.[1])
  started.add(pid)
  return { shell, pid }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

for (const command of Object.keys(BINARIES) as (keyof typeof BINARIES)[]) {
  test(`${command} ends when the npx that runs it is told to`, async () => {
    const { shell, pid } = await runAsNpmDoes(command, command)
    shell.kill('SIGTERM')
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  })
}

test('a server that a script of npm puts into the background outlives the script', async () => {
  const { shell, pid } = await runAsNpmDoes('gatepost serve', 'gatepost serve > server.log 2>&1 &')
  shell.kill('SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(isAlive(pid)).toBe(true)
})
