/**
 * Better Auth behind node:http on SQLite, for comparison: its own defaults, or with our hash in place of its own.
 * Arguments: port, path of the database, `scrypt` or `argon2id`, how many users.
 */
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { hash, verify } from '@node-rs/argon2'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { ARGON2_COST } from './subjects/argon2-cost.ts'
import { benchEmail, BENCH_PASSWORD } from './subjects/bench-users.ts'

const [port, path, algorithm, users] = process.argv.slice(2)
const database = new DatabaseSync(path!)
// Both pay for the same promise, that what was answered is on disk: SQLite syncs here at every commit, Gatepost beside its event loop (ADR 18).
database.exec('pragma journal_mode = wal; pragma synchronous = full')

const argon2id = {
  hash: (password: string) => hash(password, ARGON2_COST),
  verify: (given: { hash: string; password: string }) => verify(given.hash, given.password),
}
const options = {
  database,
  baseURL: `http://127.0.0.1:${port}`,
  secret: 'b7f1c7c09d0a4f6e8a3d5f2c1e0b9a8d',
  emailAndPassword: { enabled: true, ...(algorithm === 'argon2id' ? { password: argon2id } : {}) },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'error' as const },
}
const { runMigrations } = await getMigrations(options)
await runMigrations()
const auth = betterAuth(options)

const context = await auth.$context
const passwordHash = await context.password.hash(BENCH_PASSWORD)
for (let index = 0; index < Number(users); index++) {
  const user = await context.internalAdapter.createUser({ email: benchEmail(index), name: `user ${index}`, emailVerified: true }, { method: 'email-password' })
  await context.internalAdapter.linkAccount({ userId: user.id, providerId: 'credential', accountId: user.id, password: passwordHash })
}

const handle = toNodeHandler(auth)
createServer((request, response) => void handle(request, response)).listen(Number(port), '127.0.0.1')
process.on('disconnect', () => process.exit())
