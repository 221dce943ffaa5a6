import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from './free-port.ts'
import { bareEnvironment, collectOutput, REPOSITORY, waitForOutput } from './gatepost.ts'

export interface SinglePage {
  readonly url: string
  remove(): Promise<void>
}

/** The single-page example as its README would have it: `gatepost serve`, the application and the gateway, three processes on one origin. */
export async function startSinglePage(): Promise<SinglePage> {
  const folder = await mkdtemp(join(tmpdir(), 'gatepost-e2e-'))
  const [serverPort, appPort, port] = [await findFreePort(), await findFreePort(), await findFreePort()]
  const url = `http://localhost:${port}`
  const serverUrl = `http://127.0.0.1:${serverPort}`
  const children: ChildProcess[] = []

  async function start(arguments_: readonly string[], variables: Readonly<Record<string, string>>, lastLine: string): Promise<void> {
    const [file = '', ...rest] = arguments_
    const child = spawn(process.execPath, [join(REPOSITORY, file), ...rest], {
      cwd: folder,
      env: { ...bareEnvironment(), PUBLIC_URL: url, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    await waitForOutput(child, collectOutput(child), lastLine)
  }
  async function remove(): Promise<void> {
    await Promise.all(children.map(endProcess))
    await rm(folder, { recursive: true, force: true })
  }

  const starting = await Promise.allSettled([
    start(['server/src/main.ts', 'serve'], { PORT: String(serverPort), TRUSTED_PROXIES: '127.0.0.1' }, 'listening'),
    start(['examples/single-page/src/main.ts'], { PORT: String(appPort), GATEPOST_URL: serverUrl }, 'demo application on'),
    start(['gateway/src/main.ts'], { GATEWAY_BIND: `127.0.0.1:${port}`, GATEPOST_UPSTREAM: serverUrl, APP_UPSTREAM: `http://127.0.0.1:${appPort}` }, 'listening'),
  ])
  const failed = starting.find((one) => one.status === 'rejected')
  if (failed) {
    await remove()
    throw failed.reason
  }
  return { url, remove }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
