import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLIENT_CACHE_MS } from '../../src/services/clients/lifetimes.ts'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { makeWorkingFolder, runGatepost } from '../harness/spawned-server.ts'
import { operatorOf } from './operator.ts'

const CALLBACK = 'https://shop.example.com/callback'
/** A process takes seconds to start on a busy machine. */
const PROCESS_TIMEOUT_MS = 60_000
const SECRET = /^[\w-]{43}$/

for (const engine of testEngines) {
  describe(`an operator of clients on ${engine}`, () => {
    let server: TestServer
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    let operator: ReturnType<typeof operatorOf>
    beforeAll(async () => {
      folder = await makeWorkingFolder()
      server = await startTestServer(engine)
      operator = operatorOf(server)
    })
    afterAll(async () => {
      await server.close()
      await folder.remove()
    })
    /** What the running server goes by, half a second later. */
    const inForce = (clientId: string) => {
      server.clock.advance(CLIENT_CACHE_MS)
      return server.app.clients.find(clientId)
    }

    test('makes a client whose secret is shown once, and which the running server then takes', async () => {
      const made = await operator.run(['create', '--name', 'Shop', '--type', 'web', '--redirect-uri', CALLBACK, 'https://shop.example.com/other', '--redirect-uri', 'http://127.0.0.1/dev', '--post-logout-redirect-uri', 'https://shop.example.com/', '--scope', 'openid email'])
      expect(made).toMatchObject({ code: 0, stderr: '' })
      const [, clientId = '', secret = ''] = /^client_id: (\S+)\nclient_secret: (\S+)\n$/.exec(made.stdout) ?? []
      expect(secret).toMatch(SECRET)
      expect(await server.app.clients.verifySecret(clientId, secret)).toBe(true)
      expect((await inForce(clientId))?.metadata).toMatchObject({ redirect_uris: [CALLBACK, 'https://shop.example.com/other', 'http://127.0.0.1/dev'], post_logout_redirect_uris: ['https://shop.example.com/'], scope: 'openid email' })
      const shown = await operator.run(['show', clientId])
      expect(shown.stdout).toMatch(/^name: Shop\ntype: web\n[\s\S]*^secret: made \S+Z\n$/m)
      const listed = await operator.run(['list'])
      expect(listed.stdout).toMatch(new RegExp(`^${clientId}  web +Shop$`, 'm'))
      for (const printed of [shown, listed, await operator.run(['show', clientId, '--json'])]) expect(printed.stdout).not.toContain(secret)
    })

    test('makes a client of each other type, and gives a secret to those alone that can keep one', async () => {
      const kinds: [type: string, uris: string[], hasSecret: boolean][] = [
        ['spa', ['https://app.example.com/'], false],
        ['native', ['com.example.app:/callback', 'http://127.0.0.1/callback', 'http://[::1]/callback'], false],
        ['machine', [], true],
        ['third-party', [CALLBACK], true],
      ]
      for (const [type, uris, hasSecret] of kinds) {
        const made = await operator.json('create', '--name', `A ${type}`, '--type', type, ...uris.flatMap((uri) => ['--redirect-uri', uri]))
        expect(made).toMatchObject({ type: type.replace('-', '_'), redirect_uris: uris, is_first_party: type !== 'third-party' })
        expect([type, 'client_secret' in made]).toEqual([type, hasSecret])
      }
    })

    test('makes a client that signs with a key of its own instead of a secret', async () => {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      await writeFile(join(folder.path, 'keys.json'), JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'first' }] }))
      const made = await operator.json('create', '--name', 'Bank', '--type', 'web', '--client-id', 'bank', '--redirect-uri', CALLBACK, '--profile', 'fapi2', '--jwks', join(folder.path, 'keys.json'), '--token-endpoint-auth-signing-alg', 'ES256')
      expect(made).toMatchObject({ client_id: 'bank', token_endpoint_auth_method: 'private_key_jwt', require_pushed_authorization_requests: true, dpop_bound_access_tokens: true })
      expect(made).not.toHaveProperty('client_secret')
      expect(await operator.run(['rotate-secret', 'bank'])).toMatchObject({ code: 1, stderr: 'gatepost: bank shows no secret: see its token_endpoint_auth_method\n' })
    })

    test('changes the fields that are named, gives one its default back, and leaves the others', async () => {
      await operator.json('create', '--name', 'Shop', '--type', 'web', '--client-id', 'changing', '--redirect-uri', CALLBACK, '--scope', 'openid', '--access-token-ttl-seconds', '300', '--require-auth-time', 'true')
      expect(await inForce('changing')).toMatchObject({ metadata: { access_token_ttl_seconds: 300, require_auth_time: true } })
      expect(await operator.run(['update', 'changing', '--redirect-uri', 'https://new.example.com/callback', '--reset', 'scope', 'access-token-ttl-seconds'])).toMatchObject({ code: 0, stdout: 'changing is changed; in force within a second\n' })
      expect(await inForce('changing')).toMatchObject({
        name: 'Shop',
        metadata: { redirect_uris: ['https://new.example.com/callback'], scope: 'openid profile email offline_access', access_token_ttl_seconds: 600, require_auth_time: true },
      })
      // Security case B9: what is refused at registration is refused at a change.
      for (const uri of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'intent://scan/#Intent;end', 'http://shop.example.com/', 'https://*.example.com/']) {
        const refused = await operator.run(['update', 'changing', '--redirect-uri', uri])
        expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^gatepost: redirect_uris\.0: must (be|not have)/) as string })
      }
      expect((await inForce('changing'))?.metadata.redirect_uris).toEqual(['https://new.example.com/callback'])
    })

    test('rotates a secret: both are taken, or at once the new one alone', async () => {
      const { client_secret: first } = await operator.json('create', '--name', 'Robot', '--type', 'machine', '--client-id', 'robot')
      const second = await operator.run(['rotate-secret', 'robot'])
      expect(second.stdout).toMatch(/^client_id: robot\nclient_secret: \S{43}\nthe secret before is taken until \S+Z\n$/)
      const secrets = [String(first), /client_secret: (\S+)/.exec(second.stdout)?.[1] ?? '']
      await inForce('robot')
      const taken = () => Promise.all(secrets.map((one) => server.app.clients.verifySecret('robot', one)))
      expect(await taken()).toEqual([true, true])
      const { client_secret: third, previous_secret_expires_at: previous } = await operator.json('rotate-secret', 'robot', '--now')
      expect(previous).toBeNull()
      secrets.push(String(third))
      await inForce('robot')
      expect(await taken()).toEqual([false, false, true])
      const rows = await server.app.database.read.selectFrom('event').select('data').where('type', '=', 'client.secret_rotated').execute()
      expect(rows.filter(({ data }) => data.includes('"robot"'))).toHaveLength(2)
      for (const { data } of rows) for (const secret of secrets) expect(data).not.toContain(secret)
    })

    test('deletes a client with its secrets', async () => {
      await operator.json('create', '--name', 'Gone', '--type', 'machine', '--client-id', 'gone')
      expect(await inForce('gone')).toBeDefined()
      expect(await operator.run(['delete', 'gone'])).toMatchObject({ code: 0, stdout: 'gone is deleted\n' })
      expect(await inForce('gone')).toBeUndefined()
      for (const args of [['delete', 'gone'], ['show', 'gone'], ['update', 'gone', '--name', 'Back'], ['rotate-secret', 'gone']]) {
        expect(await operator.run(args)).toMatchObject({ code: 1, stdout: '', stderr: 'gatepost: there is no client gone\n' })
      }
      expect(await server.app.database.read.selectFrom('oauth_client_secret').selectAll().where('client_id', '=', 'gone' as never).execute()).toEqual([])
    })

    test('pages through the clients by their ids', async () => {
      for (let index = 0; index < 3; index += 1) await server.app.clients.create({ client_id: `paged-${index}`, name: `Paged ${index}`, type: 'machine' })
      const { stdout } = await operator.run(['list', '--after', 'paged-0', '--json'])
      const listed = JSON.parse(stdout) as { client_id: string }[]
      expect(listed.slice(0, 2)).toEqual([{ client_id: 'paged-1', name: 'Paged 1', type: 'machine' }, { client_id: 'paged-2', name: 'Paged 2', type: 'machine' }])
      expect((await operator.run(['list', '--after', 'zzzz'])).stdout).toBe('there are no more clients\n')
    })

    test('is told every problem of what was typed', async () => {
      const refused = await operator.run(['create', '--name', ' ', '--type', 'web', '--client-id', 'a:b', '--redirect-uri', 'nowhere', '--access-token-ttl-seconds', 'long', '--require-auth-time', 'maybe'])
      expect(refused).toMatchObject({ code: 1, stdout: '' })
      expect(refused.stderr.trimEnd().split('\n').map((line) => /^gatepost: ([\w.]+): must be/.exec(line)?.[1]).sort()).toEqual(['access_token_ttl_seconds', 'client_id', 'name', 'redirect_uris.0', 'require_auth_time'])
      await server.app.clients.create({ client_id: 'taken', name: 'Taken', type: 'machine' })
      expect(await operator.run(['create', '--name', 'Other', '--type', 'machine', '--client-id', 'taken'])).toMatchObject({ code: 1, stderr: 'gatepost: there is a client taken already\n' })
    })

    test('may use localhost in development, and is told why not in production', async () => {
      const local = ['create', '--name', 'Local', '--type', 'web', '--redirect-uri', 'http://localhost:4000/callback']
      expect((await operator.run(local)).code).toBe(0)
      const production = operatorOf(server, { NODE_ENV: 'production', PUBLIC_URL: 'https://example.com', SMTP_URL: 'smtps://mail.example.com', MAIL_FROM: 'a@example.com' })
      expect(await production.run(local)).toMatchObject({ code: 1, stderr: expect.stringContaining('redirect_uris.0: must name 127.0.0.1 or [::1]') as string })
    })
  })
}

describe('the command for clients', () => {
  test('shows its options when asked, and refuses what it does not know with exit code 2', async () => {
    const { run } = operatorOf({ databaseUrl: 'sqlite:./nowhere/none.db' })
    for (const args of [['--help'], ['help'], ['create', '--help']]) {
      const { code, stdout } = await run(args)
      expect([code, stdout]).toEqual([0, expect.stringMatching(/usage: gatepost clients create[\s\S]*--redirect-uri VALUE\.\.\.\n[\s\S]*--jwks FILE\n/) as string])
    }
    for (const [args, line] of [
      [[], /usage/],
      [['explode', 'x'], /usage/],
      [['show'], /usage/],
      [['plan'], /usage/],
      [['create', '--name', 'x'], /--name and --type are needed/],
      [['create', '--colour', 'red'], /"--colour" is not an option here/],
      [['create', '--constructor', 'x'], /"--constructor" is not an option here/],
      [['create', 'x', '--name', 'x'], /"x" is not an option here/],
      [['create', '--json', 'x'], /"x" is not an option here/],
      [['create', '--name'], /--name needs a value/],
      [['create', '--name', 'x', 'y'], /--name takes one value/],
      [['list', '--limit', '3'], /"--limit" is not an option here/],
      [['plan', './nothing.yaml'], /cannot read .\/nothing.yaml: ENOENT/],
    ] as [string[], RegExp][]) {
      expect([args, await run(args)]).toEqual([args, { code: 2, stdout: '', stderr: expect.stringMatching(line) as string }])
    }
  })

  test('is a command of the program', { timeout: PROCESS_TIMEOUT_MS }, async () => {
    const folder = await makeWorkingFolder()
    try {
      expect(await runGatepost(['clients', '--help'], { cwd: folder.path })).toMatchObject({ code: 0, stdout: expect.stringContaining('usage: gatepost clients create') as string })
      expect((await runGatepost(['help'], { cwd: folder.path })).stdout).toContain('clients rotate-secret ID')
    } finally {
      await folder.remove()
    }
  })
})
