import type { AddressInfo } from 'node:net'
import { createApplication } from './application.ts'
import { readSettings } from './settings.ts'

const settings = readSettings(process.env)
const server = createApplication(settings)
server.on('error', (error) => {
  console.error(`the demo application cannot listen: ${error.message}`)
  process.exit(1)
})
server.listen(settings.port, settings.host, () => {
  const { port } = server.address() as AddressInfo
  console.log(`demo application on http://${settings.host}:${port}`)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close()
    setTimeout(() => server.closeAllConnections(), 1_000).unref()
  })
}
