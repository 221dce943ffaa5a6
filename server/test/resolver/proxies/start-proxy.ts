/** The reverse proxies as processes of their own, with the very files of deploy/reverse-proxy: only ports and places are put in. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunningProgram } from '../../harness/start-program.ts'
import { prepareApache, startProgram } from '../../harness/start-program.ts'

const FOLDER = fileURLToPath(new URL('../../../../deploy/reverse-proxy/', import.meta.url))

export type ProxyName = 'nginx' | 'HAProxy' | 'Caddy' | 'Apache httpd'

export interface Ports {
  readonly proxy: number
  readonly gatepost: number
  readonly application: number
}

export type RunningProxy = RunningProgram

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
    const modules = ['mpm_event', 'authz_core', 'alias', 'lua', 'proxy', 'proxy_http', 'headers', 'setenvif']
    return prepareApache(folder, { port: ports.proxy, modules, lines: [`Include ${site}`] })
  },
}

export const PROXIES = Object.keys(PREPARATIONS) as ProxyName[]

export function startProxy(name: ProxyName, ports: Ports): Promise<RunningProxy> {
  return startProgram(name, ports.proxy, (folder) => PREPARATIONS[name](folder, ports))
}
