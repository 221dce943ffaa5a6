/** Programs of others as processes of their own: proxies, resource servers, relying parties. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const START_TIMEOUT_MS = 20_000
const POLL_MS = 30
/** For those that cannot write to a pipe. */
const LOG = 'error.log'

export interface RunningProgram {
  /** Everything it printed or logged so far. */
  output(): Promise<string>
  stop(): Promise<void>
}

/**
 * Starts a program in a folder of its own, into which `prepare` writes its configuration before it says what to run; resolves when the
 * port takes connections.
 */
export async function startProgram(name: string, port: number, prepare: (folder: string) => Promise<readonly string[]>): Promise<RunningProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'gatepost-program-'))
  // A program that is started by root works as somebody else.
  await chmod(folder, 0o755)
  const [program = '', ...args] = await prepare(folder)
  const env = { PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin`, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const ended = once(child, 'close')
  const killAtExit = () => void child.kill('SIGKILL')
  process.once('exit', killAtExit)

  const output = async () => printed + (await readFile(join(folder, LOG), 'utf8').catch(() => ''))
  async function stop(): Promise<void> {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(late)
    process.off('exit', killAtExit)
    await rm(folder, { recursive: true, force: true })
  }
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!(await accepts(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      const said = await output()
      await stop()
      throw new Error(`${name} did not start:\n${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return { output, stop }
}

/** Writes the configuration of an Apache httpd that has these modules and lines and nothing else; what to run. */
export async function prepareApache(folder: string, { port, modules, lines }: { port: number; modules: readonly string[]; lines: readonly string[] }): Promise<readonly string[]> {
  const place = ['/usr/lib/apache2/modules', '/opt/homebrew/lib/httpd/modules'].find((one) => existsSync(one))
  const path = join(folder, 'httpd.conf')
  const all = [
    `ServerRoot ${folder}`, `PidFile ${folder}/httpd.pid`, 'ServerName localhost', `ErrorLog ${folder}/${LOG}`, 'LogLevel warn', `Listen 127.0.0.1:${port}`,
    ...modules.map((name) => `LoadModule ${name}_module ${place}/mod_${name}.so`),
    ...(userInfo().uid === 0 ? ['User www-data', 'Group www-data'] : []),
    ...lines,
  ]
  await writeFile(path, `${all.join('\n')}\n`)
  return [existsSync('/usr/sbin/apache2') ? 'apache2' : 'httpd', '-f', path, '-DFOREGROUND']
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}
