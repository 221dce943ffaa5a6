import { vi } from 'vitest'
import { run as runCommand } from '../../src/cli/run.ts'
import type { TestServer } from '../harness/server.ts'

const TEST_KEY = 'c0ffee0123456789abcdef0011223344556677889900aabbccddeeff01020304'

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** `gatepost clients`, or another command, beside the running server, on its database; in this process, since hundreds of starts would take minutes. */
export function operatorOf(server: Pick<TestServer, 'databaseUrl'>, more: Readonly<Record<string, string>> = {}, command = 'clients') {
  async function run(args: readonly string[]): Promise<Ran> {
    const printed = { stdout: '', stderr: '' }
    const spies = [
      vi.spyOn(console, 'log').mockImplementation((text: string) => void (printed.stdout += `${text}\n`)),
      vi.spyOn(console, 'error').mockImplementation((text: string) => void (printed.stderr += `${text}\n`)),
    ]
    for (const [name, value] of Object.entries({ ENCRYPTION_KEY: TEST_KEY, DATABASE_URL: server.databaseUrl, ...more })) vi.stubEnv(name, value)
    try {
      return { code: await runCommand([command, ...args]), ...printed }
    } finally {
      vi.unstubAllEnvs()
      for (const spy of spies) spy.mockRestore()
    }
  }
  return {
    run,
    /** What `--json` prints. */
    async json(...args: string[]): Promise<Record<string, unknown>> {
      const { code, stdout, stderr } = await run([...args, '--json'])
      if (code !== 0) throw new Error(`${code}: ${stderr}`)
      return JSON.parse(stdout) as Record<string, unknown>
    },
  }
}
