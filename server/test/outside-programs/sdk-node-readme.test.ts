import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signUp } from '../harness/people.ts'
import { findFreePort } from '../harness/server.ts'
import { cookieOf } from '../harness/tokens.ts'
import { expectSignInAndOut } from './sign-in-and-out.ts'
import { startBefore } from './start-before.ts'

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))
const BLOCK = /```js\n(.*?)```/gs

describe('the programs in the README of @gatepost/node, as they stand but for addresses', () => {
  const program = startBefore()
  const running: ChildProcess[] = []
  let folder: string
  let programs: string[]
  beforeAll(async () => {
    const blocks = [...(await readFile(join(REPOSITORY, 'sdk/node/README.md'), 'utf8')).matchAll(BLOCK)].map(([, code]) => code!)
    // The others are parts of a program.
    programs = blocks.filter((code) => code.endsWith('.listen(8000)\n'))
    folder = await mkdtemp(join(tmpdir(), 'gatepost-readme-'))
    await symlink(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'))
  })
  afterAll(async () => {
    for (const child of running) {
      if (child.exitCode !== null) continue
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
    }
    await rm(folder, { recursive: true, force: true })
  })

  /** Runs the one program that has this text; `addresses` are put in the place of those it is written with. */
  async function run(text: string, port: number, addresses: Record<string, string>, variables: Record<string, string> = {}): Promise<void> {
    const found = programs.filter((code) => code.includes(text))
    expect(found).toHaveLength(1)
    let code = found[0]!.replace('listen(8000)', `listen(${port})`)
    for (const [written, actual] of Object.entries(addresses)) {
      expect(code).toContain(written)
      code = code.replaceAll(written, actual)
    }
    const file = join(folder, `${port}.mjs`)
    await writeFile(file, code)
    const child = spawn(process.execPath, [file], { env: { PATH: process.env['PATH'], ...variables }, stdio: ['ignore', 'inherit', 'inherit'] })
    running.push(child)
    await expect.poll(() => fetch(`http://127.0.0.1:${port}/`).then(({ status }) => status, () => child.exitCode), { timeout: 15_000 }).toBe(404)
  }

  test('beside Gatepost: greets who is signed in, and refuses a stranger', async () => {
    const port = await findFreePort()
    await run("'/dashboard'", port, { 'http://localhost:3000/auth': program.gatepost.issuer })
    const person = await signUp(program.gatepost.server)
    const open = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/dashboard`, { headers })
    expect(await (await open({ cookie: `gatepost_access=${cookieOf(person.browser, 'access')}` })).text()).toBe(`Hello ${person.id}`)
    expect((await open({})).status).toBe(401)
  })

  test('of another origin: signs somebody in, and out again', async () => {
    const port = await findFreePort()
    const origin = `http://127.0.0.1:${port}`
    const { clientId, clientSecret } = await program.gatepost.register({ redirect_uris: [`${origin}/sign-in/callback`], post_logout_redirect_uris: [`${origin}/`] })
    const addresses = { 'https://login.example.com/auth': program.gatepost.issuer, 'https://shop.example.com': origin }
    await run('requireSignIn(signIn)', port, addresses, { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, COOKIE_SECRET: 'a secret of at least thirty-two characters' })
    await expectSignInAndOut(program.gatepost, {
      page: `${origin}/orders`,
      shows: ({ email }) => `Hello ${email}`,
      signOut: (visitor) => visitor.open(`${origin}/sign-out`),
      goodbye: `${origin}/`,
    })
  })

  test('an API: answers a token that has the scope, and no other', async () => {
    const port = await findFreePort()
    const audience = 'https://api.example.com/orders'
    const { resources } = program.gatepost.server.app.clients
    const made = await resources.create({ identifier: audience, name: 'Orders', scopes: { 'orders:read': 'Read orders', 'orders:write': 'Change orders' }, access_token_format: 'jwt' })
    expect(made.ok).toBe(true)
    const { clientId, clientSecret } = await program.gatepost.register({ type: 'machine', scope: 'orders:read orders:write' })
    const tokenFor = async (scope: string) => {
      const headers = { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` }
      const answer = await fetch(`${program.gatepost.issuer}/oauth2/token`, { method: 'POST', headers, body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource: audience }) })
      return ((await answer.json()) as { access_token: string }).access_token
    }
    await run('requireToken(orders', port, { 'https://login.example.com/auth': program.gatepost.issuer })
    const ask = async (token: string) => fetch(`http://127.0.0.1:${port}/orders`, { headers: { authorization: `Bearer ${token}` } })
    expect(await (await ask(await tokenFor('orders:read'))).text()).toBe(`Hello ${clientId}`)
    expect((await ask(await tokenFor('orders:write'))).status).toBe(403)
    expect((await ask('none')).status).toBe(401)
  })
})
