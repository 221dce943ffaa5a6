import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Gateway } from '@gatepost/gateway'
import { startGateway } from '@gatepost/gateway'
import type { Config } from '../app/config/load-config.ts'
import { readEnvironment } from '../app/config/read-environment.ts'
import { stopOnSignal } from '../app/shutdown.ts'
import type { RunningServer } from '../app/start-server.ts'
import { StartRefused } from '../app/start-refused.ts'
import type { Command } from './command.ts'
import { configOrExit, InputProblem, refuseArguments } from './command.ts'

const DEMO_APPLICATION = fileURLToPath(new URL('../../../examples/express-htmx/src/main.ts', import.meta.url))

/** Server, gateway and demo application on one origin, with nothing to set. */
export const dev: Command = async (args) => {
  refuseArguments(args)
  const env = readEnvironment()
  const config = configOrExit({
    HOST: '127.0.0.1',
    PORT: String(await findFreePort()),
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: env['LOG_LEVEL'] ?? 'warn',
    // Trying it on another engine takes a DATABASE_URL and nothing else; only `serve` leaves a shared schema alone.
    MIGRATE_ON_START: env['MIGRATE_ON_START'] ?? 'on',
  })
  if (config.isProduction) throw new InputProblem(['dev is for development; in production run: gatepost serve'])
  const bind = env['GATEWAY_BIND'] ?? `127.0.0.1:${portOf(config.publicUrl)}`
  await refuseBusyAddress(bind)

  const demoPort = await findFreePort()
  const serverUrl = `http://127.0.0.1:${config.port}`
  // The demo starts at the same time as the server, which it asks for keys only once somebody signs in.
  const demo = startDemo(config, demoPort, serverUrl)
  const [started, ready] = await Promise.allSettled([loadAndStart(config), untilReady(demo)])
  if (started.status === 'rejected' || ready.status === 'rejected') {
    await stopDemo(demo)
    if (started.status === 'fulfilled') await started.value.stop()
    throw started.status === 'rejected' ? started.reason : new StartRefused('the demo application did not start')
  }
  const server = started.value
  const gateway = await startGateway({
    bind,
    basePath: config.basePath === '' ? '/' : config.basePath,
    gatepostUpstream: serverUrl,
    appUpstream: `http://127.0.0.1:${demoPort}`,
    publicUrl: config.publicUrl,
  })
  await greet(config, server)
  await stopOnSignal(() => stopAll(server, gateway, demo))
  console.log('stopped')
  return 0
}

/** Read while the demo application starts in a process of its own: either takes most of a second. */
async function loadAndStart(config: Config): Promise<RunningServer> {
  const { startServer } = await import('../app/start-server.ts')
  return startServer(config)
}

async function greet({ publicUrl, issuer }: Config, { app }: RunningServer): Promise<void> {
  const secret = await app.admins.createFirstAdminLink()
  console.log(`\n  application   ${publicUrl}`)
  console.log(`  mailbox       ${issuer}/dev/mailbox`)
  if (secret !== undefined) console.log(`  first admin   ${issuer}/first_admin?secret=${secret}  (works once, for whoever signs in with it)`)
  console.log('\n  Ctrl-C stops it.\n')
}

function startDemo(config: Config, port: number, serverUrl: string): ChildProcess {
  return spawn(process.execPath, [DEMO_APPLICATION], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...readEnvironment(),
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: config.publicUrl,
      BASE_PATH: config.basePath === '' ? '/' : config.basePath,
      COOKIE_PREFIX: config.cookiePrefix,
      GATEPOST_URL: serverUrl,
    },
  })
}

async function stopAll(server: RunningServer, gateway: Gateway, demo: ChildProcess): Promise<void> {
  await gateway.close()
  await stopDemo(demo)
  await server.stop()
}

/** It says so when it listens: nobody is told the address before the page behind it opens. */
async function untilReady(demo: ChildProcess): Promise<void> {
  const [said] = await Promise.race([once(demo.stdout!, 'data'), once(demo, 'exit').then(() => [])])
  if (said === undefined) throw new Error('the demo application ended')
  demo.stdout?.resume()
}

async function stopDemo(demo: ChildProcess): Promise<void> {
  if (demo.exitCode !== null || demo.signalCode !== null) return
  demo.kill('SIGTERM')
  await once(demo, 'exit')
}

function portOf(publicUrl: string): number {
  const { port, protocol } = new URL(publicUrl)
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}

/** Said before anything is started, so that a second start beside a running one changes nothing. */
async function refuseBusyAddress(bind: string): Promise<void> {
  const [, host = '127.0.0.1', port = '3000'] = /^(.*):(\d+)$/.exec(bind) ?? []
  const probe = createServer()
  try {
    probe.listen(Number(port), host === '' ? undefined : host.replace(/^\[|\]$/g, ''))
    await once(probe, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new StartRefused(`port ${port} is in use: stop what listens there, or choose another with PUBLIC_URL=http://localhost:3001 npm start`)
  } finally {
    probe.close()
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
