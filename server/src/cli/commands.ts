import type { Command } from './command.ts'

/** Loaded one at a time, so that each command starts as fast as it can. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  dev: async () => (await import('./dev.ts')).dev,
  gateway: async () => (await import('./gateway.ts')).gateway,
  migrate: async () => (await import('./migrate.ts')).migrate,
  admin: async () => (await import('./admin.ts')).admin,
  users: async () => (await import('./users.ts')).users,
  settings: async () => (await import('./settings.ts')).settings,
  clients: async () => (await import('./clients.ts')).clients,
  resources: async () => (await import('./resources.ts')).resources,
  flows: async () => (await import('./flows.ts')).flows,
  keys: async () => (await import('./keys.ts')).keys,
  outbox: async () => (await import('./outbox.ts')).outbox,
  config: async () => (await import('./config.ts')).config,
  help: async () => (await import('./help.ts')).help,
  '--help': async () => (await import('./help.ts')).help,
}
