import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { findFreePort, findProgram, makeServiceFolder, runService, type TestService } from './service.ts'

/** Redis from the Debian package `redis-server`, without persistence. */
export async function startRedis(): Promise<TestService> {
  const folder = await makeServiceFolder('redis')
  const port = await findFreePort()
  const program = findProgram('redis-server', 'redis-server')
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  return runService('Redis', {
    url: `redis://127.0.0.1:${port}`,
    folder,
    spawn: () => spawn(program, flags, { stdio: ['ignore', 'pipe', 'pipe'] }),
    async probe() {
      const socket = connect(port, '127.0.0.1')
      try {
        await once(socket, 'connect')
        socket.write('PING\r\n')
        const [answer] = (await once(socket, 'data')) as [Buffer]
        if (!answer.toString().startsWith('+PONG')) throw new Error('no PONG')
      } finally {
        socket.destroy()
      }
    },
  })
}
