import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findFreePort } from './free-port.ts'
import { bareEnvironment, REPOSITORY, type Gatepost } from './gatepost.ts'

/** A single-page application at an origin of its own, registered as a public client. */
export interface SinglePageClient {
  readonly url: string
  stop(): Promise<void>
}

/** `dist/gatepost-oidc.js` of @gatepost/browser, as it is packed. */
export function buildOidcSdk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-oidc-'))
  try {
    const file = join(folder, 'gatepost-oidc.js')
    const rolldown = join(REPOSITORY, 'node_modules/rolldown/bin/cli.mjs')
    execFileSync(process.execPath, [rolldown, join(REPOSITORY, 'sdk/browser/src/oidc/index.ts'), '--minify', '--file', file], { stdio: 'pipe' })
    return readFileSync(file, 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Serves `/sdk.js`, at `/api` the `Authorization` header that it was asked with and, at every other path, an empty page that runs `script`; in it `issuer` and `clientId` are known, and `show(text)`
 * makes a text the heading. A host of its own, so that its cookies and Gatepost's never meet.
 */
export async function startSinglePageClient(gatepost: Gatepost, { library, script, kind = 'module' }: { library: string; script: string; kind?: 'module' | 'text/javascript' }): Promise<SinglePageClient> {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const words = ['clients', 'create', '--name', 'Orchard', '--type', 'spa', '--redirect-uri', `${url}/callback`, '--post-logout-redirect-uri', `${url}/goodbye`, '--json']
  const { stdout } = await promisify(execFile)(process.execPath, [join(REPOSITORY, 'server/src/main.ts'), ...words], { cwd: gatepost.folder, env: bareEnvironment() })
  const { client_id: clientId } = JSON.parse(stdout) as { client_id: string }
  const known = `const issuer = ${JSON.stringify(`${gatepost.url}/auth`)}, clientId = ${JSON.stringify(clientId)}, show = (text) => { document.querySelector('h1').textContent = text }`
  const html = `<!doctype html><html lang="en"><title>Orchard</title><link rel="icon" href="data:,"><h1>Wait</h1>
<button id="sign-in">Sign in</button><button id="renew">Renew</button><button id="sign-out">Sign out</button>
${kind === 'module' ? '' : '<script src="/sdk.js"></script>'}
<script type="module">${known}\n${script}</script>`
  const server = createServer((request, response) => {
    if (request.url === '/sdk.js') return void response.setHeader('content-type', 'text/javascript').end(library)
    if (request.url === '/api') return void response.end(request.headers.authorization ?? 'nothing')
    response.setHeader('content-type', 'text/html').end(html)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
