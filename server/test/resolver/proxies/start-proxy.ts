/** The reverse proxies as processes of their own, with the very files of deploy/reverse-proxy: only ports and places are put in. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../../../deploy/reverse-proxy/', import.meta.url))
const START_TIMEOUT_MS = 20_000
const POLL_MS = 30
/** For those that cannot write to a pipe. */
const LOG = 'error.log'

export type ProxyName = 'nginx' | 'HAProxy' | 'Caddy' | 'Apache httpd'

export interface Ports {
  readonly proxy: number
  readonly gatepost: number
  readonly application: number
}

export interface RunningProxy {
  stop(): Promise<void>
}

/** Writes the configuration into `folder`; what to run. */
type Preparation = (folder: string, ports: Ports) => Promise<readonly string[]>

async function put(source: string, folder: string, changes: readonly (readonly [string, string])[]): Promise<string> {
  const text = changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`${source} does not have ${from}`)
    return changed.replaceAll(from, to)
  }, await readFile(join(FOLDER, source), 'utf8'))
  const path = join(folder, source.split('/').at(-1)!)
  await writeFile(path, text)
  return path
}

const upstreams = (ports: Ports) => [['127.0.0.1:8080', `127.0.0.1:${ports.gatepost}`], ['127.0.0.1:8000', `127.0.0.1:${ports.application}`]] as const

const PREPARATIONS: Record<ProxyName, Preparation> = {
  async nginx(folder, ports) {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    const path = await put('nginx/nginx.conf', folder, [...upstreams(ports), ['listen 80;', `listen 127.0.0.1:${ports.proxy};`], ['access_log off;', `access_log off; ${temporary.join(' ')}`]])
    return ['nginx', '-p', folder, '-c', path, '-e', 'stderr', '-g', `daemon off; pid ${folder}/nginx.pid;`]
  },
  async HAProxy(folder, ports) {
    const script = await put('haproxy/gatepost.lua', folder, [])
    return ['haproxy', '-db', '-f', await put('haproxy/haproxy.cfg', folder, [...upstreams(ports), ['bind :80', `bind 127.0.0.1:${ports.proxy}`], ['/etc/haproxy/gatepost.lua', script]])]
  },
  async Caddy(folder, ports) {
    return ['caddy', 'run', '--adapter', 'caddyfile', '--config', await put('caddy/Caddyfile', folder, [...upstreams(ports), ['\n:80 {', `\n:${ports.proxy} {`]])]
  },
  async 'Apache httpd'(folder, ports) {
    const script = await put('apache/gatepost.lua', folder, [])
    const site = await put('apache/gatepost.conf', folder, [...upstreams(ports), ['*:80>', `*:${ports.proxy}>`], ['/etc/apache2/gatepost.lua', script]])
    const modules = ['/usr/lib/apache2/modules', '/opt/homebrew/lib/httpd/modules'].find((place) => existsSync(place))
    const names = ['mpm_event', 'authz_core', 'alias', 'lua', 'proxy', 'proxy_http', 'headers', 'setenvif']
    const path = join(folder, 'httpd.conf')
    const lines = [
      `ServerRoot ${folder}`, `PidFile ${folder}/httpd.pid`, 'ServerName localhost', `ErrorLog ${folder}/${LOG}`, 'LogLevel warn', `Listen 127.0.0.1:${ports.proxy}`,
      ...names.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
      ...(userInfo().uid === 0 ? ['User www-data', 'Group www-data'] : []),
      `Include ${site}`,
    ]
    await writeFile(path, `${lines.join('\n')}\n`)
    return [existsSync('/usr/sbin/apache2') ? 'apache2' : 'httpd', '-f', path, '-DFOREGROUND']
  },
}

export const PROXIES = Object.keys(PREPARATIONS) as ProxyName[]

export async function startProxy(name: ProxyName, ports: Ports): Promise<RunningProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'gatepost-proxy-'))
  // A proxy that is started by root works as somebody else.
  await chmod(folder, 0o755)
  const [program = '', ...args] = await PREPARATIONS[name](folder, ports)
  const env = { PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin`, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = once(child, 'close')
  const killAtExit = () => void child.kill('SIGKILL')
  process.once('exit', killAtExit)

  async function stop(): Promise<void> {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(late)
    process.off('exit', killAtExit)
    await rm(folder, { recursive: true, force: true })
  }
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!(await accepts(ports.proxy))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      output += await readFile(join(folder, LOG), 'utf8').catch(() => '')
      await stop()
      throw new Error(`${name} did not start:\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return { stop }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}
