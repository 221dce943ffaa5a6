import { gatewayOptionsFromEnv } from './gateway-options-from-env.ts'
import { createJsonLogger } from './json-logger.ts'
import { onNpmEnded } from './npm-ended.ts'
import { startGateway } from './start-gateway.ts'

const parsed = gatewayOptionsFromEnv(process.env)
if (!parsed.ok) {
  for (const problem of parsed.problems) console.error(`gatepost-gateway: ${problem}`)
  process.exit(1)
}

const { bind } = parsed.options
const logger = createJsonLogger((line) => process.stdout.write(line))
try {
  const gateway = await startGateway({ ...parsed.options, logger })
  const stop = (): void => {
    process.off('SIGTERM', stop).off('SIGINT', stop)
    void gateway.close().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  onNpmEnded(stop, process.env)
} catch (error) {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error)
  console.error(`gatepost-gateway: cannot listen on ${bind}: ${reason === 'EADDRINUSE' ? 'the address is in use' : reason}`)
  process.exit(1)
}
