import { findFreePort } from '../../scripts/test-services/service.ts'
import { startNode, untilAnswers, type Core, type StartedProcess } from './start-process.ts'

export async function startFastify(core?: Core): Promise<StartedProcess & { port: number; msToFirstAnswer: number }> {
  const port = await findFreePort()
  const started = startNode('bench/fastify-hello.ts', { args: [String(port)], core })
  return { ...started, port, msToFirstAnswer: await untilAnswers(started, `http://127.0.0.1:${port}/hello`) }
}
