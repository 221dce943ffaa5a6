import { findFreePort } from '../../scripts/test-services/service.ts'
import { httpRequest } from '../load/jobs.ts'
import { BENCH_PASSWORD } from './bench-users.ts'
import { startNode, untilAnswers, type Core, type StartedProcess } from './start-process.ts'

export async function startFastify(core?: Core): Promise<StartedProcess & { port: number; msToFirstAnswer: number }> {
  const port = await findFreePort()
  const started = startNode('bench/fastify-hello.ts', { args: [String(port)], core })
  return { ...started, port, msToFirstAnswer: await untilAnswers(started, `http://127.0.0.1:${port}/hello`) }
}

/** One route that verifies a password with Argon2id and nothing else, and a request to it. */
export async function startFastifyArgon2(): Promise<StartedProcess & { port: number; request: string }> {
  const port = await findFreePort()
  const started = startNode('bench/fastify-argon2.ts', { args: [String(port)] })
  await untilAnswers(started, `http://127.0.0.1:${port}/ready`)
  return { ...started, port, request: httpRequest('POST', '/verify', {}, { password: BENCH_PASSWORD }) }
}
