import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { debianInstallScript } from './debian-install-script.mjs'

/** Debian keeps servers in sbin, which an ordinary person's PATH leaves out. */
const MORE_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin']

/** What the tests run for real beside the npm packages (PostgreSQL comes from npm). `commands`, or `files` of a library: any one will do. */
const SYSTEM_PROGRAMS = {
  mariadb: { commands: ['mariadbd'], debian: 'mariadb-server', brew: 'mariadb' },
  redis: { commands: ['redis-server'], debian: 'redis-server', brew: 'redis' },
  chromium: {
    commands: ['chromium', 'chromium-browser', 'google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    debian: 'chromium',
    brew: 'google-chrome',
  },
  nginx: { commands: ['nginx'], debian: 'nginx', brew: 'nginx' },
  haproxy: { commands: ['haproxy'], debian: 'haproxy', brew: 'haproxy' },
  caddy: { commands: ['caddy'], debian: 'caddy', brew: 'caddy' },
  // The program and its modules alone: `apache2` would bring a site and a service beside them.
  apache: { commands: ['apache2', 'httpd'], debian: 'apache2-bin', brew: 'httpd' },
  mod_auth_openidc: { files: ['/usr/lib/apache2/modules/mod_auth_openidc.so', '/opt/homebrew/lib/httpd/modules/mod_auth_openidc.so'], debian: 'libapache2-mod-auth-openidc', brew: 'mod_auth_openidc' },
  mod_oauth2: { files: ['/usr/lib/apache2/modules/mod_oauth2.so', '/opt/homebrew/lib/httpd/modules/mod_oauth2.so'], debian: 'libapache2-mod-oauth2', brew: 'mod_oauth2' },
  luasocket: { files: ['/usr/share/lua/5.3/socket/http.lua', '/opt/homebrew/share/lua/5.4/socket/http.lua'], debian: 'lua-socket', brew: 'luarocks' },
}

/** Installs the absent ones with apt-get when that is allowed; otherwise says what to run. False when some stay absent. */
export function ensureSystemPrograms(names) {
  const absent = names.filter((name) => !isPresent(name))
  if (absent.length === 0) return true

  const asRoot = prefixToBecomeRoot()
  if (findCommand('apt-get') === undefined || asRoot === undefined) {
    console.error(explainInstallation(absent))
    return false
  }
  return installFromDebian(absent, asRoot)
}

function installFromDebian(absent, asRoot) {
  const packages = absent.map((name) => SYSTEM_PROGRAMS[name].debian)
  console.log(`gatepost: installing Debian packages: ${packages.join(' ')} ...`)
  const [program, ...arguments_] = [...asRoot, 'sh', '-c', debianInstallScript(packages)]
  const { stdout, stderr } = spawnSync(program, arguments_, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

  const stillAbsent = absent.filter((name) => !isPresent(name))
  if (stillAbsent.length === 0) return true
  console.error(`${stdout}${stderr}\n${explainInstallation(stillAbsent)}`)
  return false
}

function explainInstallation(absent) {
  const programs = absent.map((name) => SYSTEM_PROGRAMS[name])
  const packages = programs.map((each) => each.debian).join(' ')
  return [
    `gatepost: the tests need ${absent.join(', ')}. Install with:`,
    `  Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}`,
    `  macOS:           brew install ${programs.map((each) => each.brew).join(' ')}`,
    'and run npm test again. GATEPOST_TEST_ENGINES=sqlite leaves the database servers and Redis out.',
  ].join('\n')
}

function isPresent(name) {
  const { commands = [], files = [] } = SYSTEM_PROGRAMS[name]
  return commands.some((command) => findCommand(command) !== undefined) || files.some((file) => existsSync(file))
}

function findCommand(command) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...MORE_FOLDERS]
  const places = isAbsolute(command) ? [command] : folders.map((folder) => join(folder, command))
  return places.find(isExecutable)
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Words to put before a command so that root runs it; undefined when this person is not allowed to without a password. */
function prefixToBecomeRoot() {
  if (process.getuid?.() === 0) return []
  const sudoAsksNothing = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  return sudoAsksNothing ? ['sudo', '-n'] : undefined
}
