import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findFreePort } from './harness/free-port.ts'
import { bareEnvironment, collectOutput, REPOSITORY } from './harness/gatepost.ts'

const LINKED = ['server', 'gateway', 'sdk', 'examples', 'node_modules']
const DOCUMENTS = [
  { document: 'README.md', application: 'notes.ts', guarded: '/notes' },
  { document: 'examples/express-htmx/README.md', application: 'examples/express-htmx/src/main.ts', guarded: '/notes' },
  { document: 'examples/single-page/README.md', application: 'examples/single-page/src/main.ts', guarded: '/api/notes' },
]

let checkout: string
const running: ChildProcess[] = []

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'gatepost-documented-'))
  await writeFile(join(checkout, 'package.json'), '{ "type": "module" }')
  for (const name of LINKED) await symlink(join(REPOSITORY, name), join(checkout, name))
})
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const exit = once(child, 'exit')
    process.kill(-(child.pid ?? 0), 'SIGKILL')
    await exit
  }
  await rm(checkout, { recursive: true, force: true })
})

/** As typed into a terminal of the machine: `node` is the machine's own, unless the command says otherwise. */
function type(command: string, variables: Readonly<Record<string, string>>): () => string {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.endsWith('node_modules/.bin'))
  const child = spawn('sh', ['-c', command], {
    cwd: checkout,
    env: { ...bareEnvironment(), PATH: path.join(delimiter), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  running.push(child)
  return collectOutput(child)
}

for (const { document, application, guarded } of DOCUMENTS) {
  test(`the commands of ${document} put a guarded application behind the server`, { timeout: 120_000 }, async () => {
    const text = await readFile(join(REPOSITORY, document), 'utf8')
    const commands = [...text.matchAll(/^ *(npx (?:gatepost serve|gatepost-gateway|node \S+))/gm)].map(([, command]) => command!)
    expect(new Set(commands.slice(0, 3))).toEqual(new Set(['npx gatepost serve', 'npx gatepost-gateway', `npx node ${application}`]))
    const [server, gateway, app] = [await findFreePort(), await findFreePort(), await findFreePort()]
    const code = /```ts\n(import express.*?)```/s.exec(text)?.[1]
    // The documented ports may be taken on the machine that runs this.
    if (code) await writeFile(join(checkout, application), code.replace(':3000', `:${gateway}`).replace('8000', String(app)))

    const publicUrl = `http://localhost:${gateway}`
    const outputs = [
      type('npx gatepost serve', { PORT: String(server), PUBLIC_URL: publicUrl }),
      type('npx gatepost-gateway', { GATEWAY_BIND: `127.0.0.1:${gateway}`, GATEPOST_UPSTREAM: `http://127.0.0.1:${server}`, APP_UPSTREAM: `http://127.0.0.1:${app}` }),
      type(`npx node ${application}`, { PORT: String(app), PUBLIC_URL: publicUrl }),
    ]
    const statusOf = async (path: string, accept: string) => {
      const answer = await fetch(`${publicUrl}${path}`, { redirect: 'manual', headers: { accept } }).catch(() => undefined)
      return answer && [answer.status, answer.headers.get('location')]
    }
    await expect.poll(() => statusOf('/auth/login', 'text/html'), { timeout: 60_000, message: outputs.map((output) => output()).join('\n') }).toEqual([200, null])
    const asked = guarded.startsWith('/api') ? [401, null] : [303, `/auth/login?return_to=${encodeURIComponent(guarded)}`]
    await expect.poll(() => statusOf(guarded, guarded.startsWith('/api') ? 'application/json' : 'text/html'), { timeout: 60_000 }).toEqual(asked)
  })
}
