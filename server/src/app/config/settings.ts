import { z } from 'zod'
import { setting } from './setting.ts'
import * as text from './value-schemas.ts'

/** Every deployment setting. Product settings live in the database; these are what a process needs to start. */
export const SETTINGS = {
  NODE_ENV: setting({
    schema: z.enum(['development', 'production', 'test'], 'must be development, production or test'),
    default: 'development',
    group: 'deployment',
    description: '`production` demands a key, a public https origin, a mail server and a sender, and refuses what is only for trying out.',
    why: 'A first start needs no variable; a real one must not run on guesses.',
  }),
  PUBLIC_URL: setting({
    schema: text.origin,
    default: 'http://localhost:3000',
    group: 'deployment',
    description: 'The origin people see: in links, as token issuer, for cookies and origin checks. Never taken from a request.',
    why: 'The address of the gateway that `npm start` runs.',
  }),
  BASE_PATH: setting({
    schema: text.basePath,
    default: '/auth',
    group: 'deployment',
    description: 'Where Gatepost lives below the origin; `/` for a host of its own.',
    why: 'Next to an application, on its origin.',
  }),
  HOST: setting({
    schema: z.string().min(1, 'must not be empty'),
    default: '127.0.0.1',
    group: 'deployment',
    description: 'Address to listen on.',
    why: 'Reachable through a proxy on the same machine and from nowhere else.',
  }),
  PORT: setting({ schema: text.integer(0, 65535), default: '8080', group: 'deployment', description: 'Port to listen on; 0 picks a free one.', why: 'The usual one behind a proxy.' }),
  TRUSTED_PROXIES: setting({
    schema: text.networks,
    default: '',
    group: 'deployment',
    description: 'Addresses and networks whose `X-Forwarded-For` is believed.',
    why: 'Nobody: otherwise anybody could choose the address that limits count.',
  }),
  COOKIE_PREFIX: setting({
    schema: text.cookiePrefix,
    default: 'gatepost',
    group: 'deployment',
    description: 'First part of every cookie name.',
    why: 'Two installations on one origin need different names.',
  }),
  DEFAULT_RETURN_TO: setting({
    schema: text.localPath,
    default: '/',
    group: 'deployment',
    description: 'Where people go after signing in when no `return_to` was given.',
    why: 'The start page of the application.',
  }),
  DATABASE_URL: setting({
    schema: text.databaseUrl,
    default: 'sqlite:./data/gatepost.db',
    isSecret: true,
    group: 'database',
    description: '`sqlite:./file`, `postgres://…` (15 to 18), `mysql://…` (8) or `mariadb://…` (10.11).',
    why: 'One file needs no server.',
  }),
  DATABASE_POOL_SIZE: setting({
    schema: text.integer(1, 200),
    default: '10',
    group: 'database',
    description: 'Connections to PostgreSQL, MySQL or MariaDB; who waits more than two seconds for one is answered 503.',
    why: 'Two cores keep ten connections busy; more only queue in the database.',
  }),
  MIGRATE_ON_START: setting({
    schema: text.onOff,
    default: undefined,
    group: 'database',
    description: '`on` brings the schema up to date at start.',
    why: 'Unset means on for SQLite and for `gatepost dev`, off elsewhere: schema changes of a shared database are an operator\'s decision.',
  }),
  REDIS_URL: setting({
    schema: text.urlOf('redis', 'rediss'),
    default: undefined,
    isSecret: true,
    group: 'database',
    description: 'Shares rate-limit counters between instances.',
    why: 'One process counts for itself.',
  }),
  ENCRYPTION_KEY: setting({
    schema: text.keyRing,
    default: undefined,
    isSecret: true,
    group: 'keys',
    description: 'Seals signing keys, flow states and queued mails: 64 hexadecimal digits; several with commas between while rotating, the newest first.',
    why: 'Made for you under `./data` in development, required in production.',
  }),
  JWT_PRIVATE_KEY_BASE64: setting({
    schema: text.base64Pem,
    default: undefined,
    isSecret: true,
    group: 'keys',
    description: 'Bring your own signing key: a PEM private key on the curve P-256, in base64.',
    why: 'Unset, keys are made, sealed in the database and rotated by `gatepost keys rotate`.',
  }),
  JWT_KID: setting({
    schema: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, hyphens or underscores'),
    default: undefined,
    group: 'keys',
    description: 'Name of your own signing key in token headers and the JWKS.',
    why: 'Unset, the key\'s thumbprint (RFC 7638).',
  }),
  SMTP_URL: setting({
    schema: text.smtpUrl,
    default: undefined,
    isSecret: true,
    group: 'mail',
    description: 'Mail server: `smtps://user:password@host:465` or `smtp://user:password@host:587`.',
    why: 'Unset in development, mails stay in the mailbox page; required in production.',
  }),
  MAIL_FROM: setting({
    schema: text.mailFrom,
    default: 'Gatepost <no-reply@localhost.localdomain>',
    group: 'mail',
    description: 'Sender of every mail.',
    why: 'Required in production: receivers judge mail by it.',
  }),
  API_TOKENS_IN_BODY: setting({
    schema: text.onOff,
    default: 'off',
    group: 'sign-in',
    description: '`on` puts tokens into JSON answers beside the cookies, for clients that keep none.',
    why: 'What scripts cannot read, scripts cannot steal.',
  }),
  ARGON2_MEMORY_KIB: setting({
    schema: text.integer(7_168, 1_048_576),
    default: '19456',
    group: 'sign-in',
    description: 'Memory of one Argon2id hash in KiB. Changing it rehashes each password at its next sign-in.',
    why: 'The OWASP floor: 19 MiB with two passes.',
  }),
  ARGON2_PASSES: setting({ schema: text.integer(1, 20), default: '2', group: 'sign-in', description: 'Passes of one Argon2id hash.', why: 'The OWASP floor for 19 MiB.' }),
  PASSWORD_HASH_LANES: setting({
    schema: text.integer(1, 64),
    default: undefined,
    group: 'sign-in',
    description: 'Hashes computed at the same time.',
    why: 'Unset, one per core and at most three: one thread of the pool always stays free for everything else.',
  }),
  RATE_LIMITS: setting({
    schema: text.onOff,
    default: 'on',
    group: 'limits',
    description: '`off` exists for load tests and is refused in production.',
    why: 'Passwords and codes can be guessed by whoever may try for ever.',
  }),
  LOG_LEVEL: setting({
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent'),
    default: 'info',
    group: 'logging',
    description: 'Least severe lines that are written, as JSON, to standard output.',
    why: 'One line a request, and what went wrong.',
  }),
} as const

export type SettingName = keyof typeof SETTINGS
export type Settings = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends { schema: z.ZodType<infer Value, string> } ? Value | undefined : never
}
