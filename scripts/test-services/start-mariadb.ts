import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { findFreePort, findProgram, makeServiceFolder, runService, runToEnd, type TestService } from './service.ts'

const USER = 'gatepost'
const PASSWORD = 'gatepost'

const FLAGS = [
  '--bind-address=127.0.0.1',
  '--skip-log-bin',
  '--skip-name-resolve',
  '--max-connections=400',
  '--performance-schema=OFF',
  '--innodb-buffer-pool-size=96M',
  '--innodb-log-file-size=32M',
  // Written to the system at every commit and synced once a second: a killed server loses nothing.
  '--innodb-flush-log-at-trx-commit=2',
]

/** MariaDB from the Debian package `mariadb-server`; the URL names its empty database `gatepost`. */
export async function startMariadb(): Promise<TestService> {
  const folder = await makeServiceFolder('mariadb')
  const data = join(folder, 'data')
  const initFile = join(folder, 'init.sql')
  const port = await findFreePort()
  const server = findProgram('mariadbd', 'mariadb-server')
  const user = `--user=${userInfo().username}`
  await writeFile(
    initFile,
    [
      `create user if not exists '${USER}'@'%' identified by '${PASSWORD}';`,
      `grant all on *.* to '${USER}'@'%' with grant option;`,
      'create database if not exists gatepost;\n',
    ].join('\n'),
  )
  const installFlags = ['--no-defaults', `--datadir=${data}`, user, '--auth-root-authentication-method=normal', '--skip-test-db']
  await runToEnd(findProgram('mariadb-install-db', 'mariadb-server'), installFlags)

  const url = `mysql://${USER}:${PASSWORD}@127.0.0.1:${port}/gatepost`
  return runService('MariaDB', {
    url,
    folder,
    spawn: () =>
      spawn(
        server,
        [
          '--no-defaults',
          user,
          `--datadir=${data}`,
          `--port=${port}`,
          `--socket=${join(folder, 'server.sock')}`,
          `--pid-file=${join(folder, 'server.pid')}`,
          `--init-file=${initFile}`,
          ...FLAGS,
        ],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      ),
    async probe() {
      const connection = await createConnection({ uri: url, connectTimeout: 2_000 })
      connection.destroy()
    },
  })
}
