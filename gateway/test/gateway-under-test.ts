import { connect, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import { startGateway, type Gateway, type GatewayOptions } from '../src/index.ts'
import { startUpstream, type Handler, type TestUpstream } from './upstream.ts'

export interface Scene {
  readonly gateway: Gateway
  readonly gatepost: TestUpstream
  readonly app: TestUpstream
}

const SILENCE_BEFORE_ANSWER_MILLISECONDS = 3_000
const SILENCE_AFTER_ANSWER_MILLISECONDS = 80
const running: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const part of running.splice(0)) await part.close()
})

/** A gateway in front of two real servers, all on ports the system chose; closed after the test. */
export async function startScene(options: Partial<GatewayOptions> & { handler?: Handler; gatepostHandler?: Handler } = {}): Promise<Scene> {
  const { handler, gatepostHandler, ...rest } = options
  const gatepost = await startUpstream('gatepost', gatepostHandler === undefined ? {} : { handler: gatepostHandler })
  const app = await startUpstream('app', handler === undefined ? {} : { handler })
  const gateway = await startGateway({
    bind: '127.0.0.1:0',
    gatepostUpstream: gatepost.origin,
    appUpstream: app.origin,
    ...rest,
    timeouts: { drainMilliseconds: 500, ...rest.timeouts },
  })
  running.push(gateway, gatepost, app)
  return { gateway, gatepost, app }
}

export function alsoClose(part: { close(): Promise<void> }): void {
  running.push(part)
}

/** A bare connection to the gateway. */
export function openSocket(gateway: Gateway): Socket {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
  socket.setEncoding('latin1')
  socket.on('error', () => socket.destroy())
  return socket
}

/** Sends exactly these bytes and gives back all that comes, until the gateway closes or falls silent after it has answered. */
export function sendRaw(gateway: Gateway, bytes: string): Promise<string> {
  const socket = openSocket(gateway)
  let received = ''
  socket.setTimeout(SILENCE_BEFORE_ANSWER_MILLISECONDS, () => socket.destroy())
  socket.on('data', (chunk) => {
    received += String(chunk)
    socket.setTimeout(SILENCE_AFTER_ANSWER_MILLISECONDS)
  })
  socket.write(bytes, 'latin1')
  return new Promise((resolve) => socket.on('close', () => resolve(received)))
}

/** The status of the first answer. */
export async function statusOfRaw(gateway: Gateway, bytes: string): Promise<number> {
  return Number(/^HTTP\/1\.1 ([0-9]{3})/.exec(await sendRaw(gateway, bytes))?.[1] ?? 0)
}
