import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const TEST_TIMEOUT_MS = 30_000
/** Starting PostgreSQL and MariaDB on a busy machine. */
const HOOK_TIMEOUT_MS = 120_000

/** Starts the engines of GATEPOST_TEST_ENGINES once for a run; the tests take a database of their own from them. */
const ENGINES_SETUP = fileURLToPath(new URL('server/test/harness/engines-global-setup.ts', import.meta.url))
const globalSetup = existsSync(ENGINES_SETUP) ? [ENGINES_SETUP] : []

export default defineConfig({
  test: {
    // Processes, not threads: a test may change process.env and the working directory, and native modules stay apart.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: HOOK_TIMEOUT_MS,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{server,gateway,sdk/*}/src/**/*.test.ts', 'scripts/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'behaviour', include: ['{server,gateway,sdk/*}/test/**/*.test.ts'], globalSetup },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['e2e/**/*.test.ts'], globalSetup },
      },
    ],
  },
})
