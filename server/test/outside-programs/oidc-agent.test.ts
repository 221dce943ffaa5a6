import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { signUp } from '../harness/people.ts'
import { startBefore } from './start-before.ts'
import { createVisitor } from './visitor.ts'

const SCOPE = 'openid profile email offline_access'
const WAIT_MS = 10_000

describe('oidc-agent', () => {
  const program = startBefore()
  let home: string
  let agent: ChildProcess
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'gatepost-agent-'))
    await mkdir(join(home, '.config/oidc-agent'), { recursive: true, mode: 0o700 })
    agent = run('oidc-agent', ['--console', '--no-autoreauthenticate', '--socket-path', join(home, 'socket')])
    await vi.waitFor(() => expect(existsSync(join(home, 'socket'))).toBe(true), WAIT_MS)
  })
  afterAll(async () => {
    if (agent?.exitCode === null) {
      agent.kill('SIGKILL')
      await once(agent, 'close')
    }
    await rm(home, { recursive: true, force: true })
  })

  const environment = () => ({ PATH: process.env.PATH, HOME: home, TMPDIR: home, PASSWORD: 'only for this test', OIDC_SOCK: join(home, 'socket') })
  const outputs = new WeakMap<ChildProcess, { text: string }>()

  function run(program: string, args: readonly string[]): ChildProcess {
    return spawn(program, args, { cwd: home, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
  }
  /** What it prints, once it is that. */
  async function said(child: ChildProcess, expected: RegExp): Promise<RegExpExecArray> {
    const kept = outputs.get(child) ?? { text: '' }
    if (!outputs.has(child)) {
      outputs.set(child, kept)
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (kept.text += chunk.toString()))
    }
    const deadline = performance.now() + WAIT_MS
    for (;;) {
      const found = expected.exec(kept.text)
      if (found) return found
      if (performance.now() > deadline) {
        child.kill('SIGKILL')
        throw new Error(`${String(expected)} was not printed, but:\n${kept.text}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  test('signs a person in on a terminal by the code that it shows, renews their tokens, and has none once they took its access away', { timeout: 60_000 }, async () => {
    const person = await signUp(program.gatepost.server)
    const { clientId, clientSecret } = await program.gatepost.register({ name: 'Terminal', type: 'third_party', redirect_uris: [], grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'], scope: SCOPE })
    const args = ['orchard', '--issuer', program.gatepost.issuer, '--client-id', clientId, '--client-secret', clientSecret, '--flow=device', '--scope', SCOPE, '--redirect-uri', 'http://localhost:4242', '--manual', '--prompt=none', '--confirm-default', '--pw-env=PASSWORD', '--no-url-call']
    const asking = run('oidc-gen', args)
    const [address] = await said(asking, /http:\/\/localhost:\d+\/auth\/device\S*/)
    const [userCode] = await said(asking, /\b[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}\b/)
    const visitor = createVisitor()
    const page = await visitor.signIn(await visitor.open(address), person)
    await visitor.submit(await visitor.submit(page, { user_code: userCode, intent: 'submit_code' }), { user_code: userCode, intent: 'allow' })
    await said(asking, /successfully|correctly/i)

    const token = async (...more: string[]) => (await said(run('oidc-token', [...more, 'orchard']), /^\s*(\S+)\s*$/m))[1]!
    const ask = (accessToken: string) => fetch(`${program.gatepost.issuer}/oauth2/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })
    const first = await token()
    expect(await (await ask(first)).json()).toMatchObject({ sub: person.id, email: person.email })
    const renewed = await token('--force-new')
    expect([renewed === first, (await ask(renewed)).status]).toEqual([false, 200])

    // What was granted for as long as they are away, to a terminal, ends when they take it away.
    expect((await person.browser.api('DELETE', `/applications/${clientId}`)).statusCode).toBeLessThan(300)
    expect((await ask(renewed)).status).toBe(401)
    await said(run('oidc-token', ['--force-new', 'orchard']), /error/i)
  })
})
