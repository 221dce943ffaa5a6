import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { LogLevel } from '../../platform/logger.ts'
import { developmentKey } from './development-key.ts'
import type { Setting } from './setting.ts'
import type { SettingName } from './settings.ts'
import { SETTINGS } from './settings.ts'

/** What the server was told, checked and frozen. Nobody below `app/` sees it whole. */
export interface Config {
  readonly isProduction: boolean
  readonly publicUrl: string
  /** '' or '/auth'. */
  readonly basePath: string
  /** Issuer of tokens: public URL and base path. */
  readonly issuer: string
  readonly isSecure: boolean
  /** People reach it on this very machine only. */
  readonly isLocal: boolean
  readonly host: string
  readonly port: number
  readonly trustedProxies: readonly string[]
  /** Lower case; undefined: certificates of clients are not seen. */
  readonly tlsClientCertificateHeader: string | undefined
  readonly tlsClientVerifyHeader: string | undefined
  readonly cookiePrefix: string
  readonly resolverHeaderPrefix: string
  readonly defaultReturnTo: string
  readonly databaseUrl: string
  readonly databasePoolSize: number
  readonly migrateOnStart: boolean
  readonly redisUrl: string | undefined
  readonly encryptionKeys: readonly string[]
  readonly jwtPrivateKeyPem: string | undefined
  readonly jwtKid: string | undefined
  readonly smtpUrl: string | undefined
  readonly mailFrom: string
  readonly outboundInternalHosts: readonly string[]
  readonly hasTokensInBody: boolean
  readonly argon2: { readonly memoryKib: number; readonly passes: number; readonly parallelism: number }
  readonly passwordHashLanes: number
  /** Without a slash at its end. */
  readonly breachedPasswordsUrl: string
  readonly breachedPasswordsFile: string | undefined
  readonly hasRateLimits: boolean
  readonly logLevel: LogLevel
}

export type Environment = Readonly<Record<string, string | undefined>>

/** libuv has four threads; hashing may not take them all. */
const MAX_DEFAULT_HASH_LANES = 3

/** All problems at once, each a sentence that begins with the setting's name. */
export function loadConfig(env: Environment): Result<Config, readonly string[]> {
  const problems: string[] = []
  const read = <Value>(name: SettingName): Value => readSetting(name, env, problems) as Value

  const isProduction = read<string>('NODE_ENV') === 'production'
  const publicUrl = read<string>('PUBLIC_URL')
  const basePath = read<string>('BASE_PATH')
  const databaseUrl = read<string>('DATABASE_URL')
  const givenKeys = read<string[] | undefined>('ENCRYPTION_KEY')
  const config: Config = {
    isProduction,
    publicUrl,
    basePath,
    issuer: `${publicUrl}${basePath}`,
    isSecure: publicUrl?.startsWith('https:') ?? false,
    isLocal: /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(publicUrl ?? ''),
    host: read('HOST'),
    port: read('PORT'),
    trustedProxies: read('TRUSTED_PROXIES'),
    tlsClientCertificateHeader: read('TLS_CLIENT_CERTIFICATE_HEADER'),
    tlsClientVerifyHeader: read('TLS_CLIENT_VERIFY_HEADER'),
    cookiePrefix: read('COOKIE_PREFIX'),
    resolverHeaderPrefix: read('RESOLVER_HEADER_PREFIX'),
    defaultReturnTo: read('DEFAULT_RETURN_TO'),
    databaseUrl,
    databasePoolSize: read('DATABASE_POOL_SIZE'),
    migrateOnStart: read<boolean | undefined>('MIGRATE_ON_START') ?? databaseUrl?.startsWith('sqlite:') ?? false,
    redisUrl: read('REDIS_URL'),
    encryptionKeys: givenKeys ?? [],
    jwtPrivateKeyPem: read('JWT_PRIVATE_KEY_BASE64'),
    jwtKid: read('JWT_KID'),
    smtpUrl: read('SMTP_URL'),
    mailFrom: read('MAIL_FROM'),
    outboundInternalHosts: read('OUTBOUND_INTERNAL_HOSTS'),
    hasTokensInBody: read('API_TOKENS_IN_BODY'),
    argon2: { memoryKib: read('ARGON2_MEMORY_KIB'), passes: read('ARGON2_PASSES'), parallelism: 1 },
    passwordHashLanes: read<number | undefined>('PASSWORD_HASH_LANES') ?? Math.min(availableParallelism() + 1, MAX_DEFAULT_HASH_LANES),
    breachedPasswordsUrl: read('BREACHED_PASSWORDS_URL'),
    breachedPasswordsFile: read('BREACHED_PASSWORDS_FILE'),
    hasRateLimits: read('RATE_LIMITS'),
    logLevel: read('LOG_LEVEL'),
  }
  if (isProduction) problems.push(...productionProblems(config, env))
  if (config.tlsClientCertificateHeader !== undefined && config.trustedProxies?.length === 0) problems.push('TLS_CLIENT_CERTIFICATE_HEADER must be left out without TRUSTED_PROXIES: nobody else is believed')
  if (config.tlsClientVerifyHeader !== undefined && config.tlsClientCertificateHeader === undefined) problems.push('TLS_CLIENT_VERIFY_HEADER must be left out without TLS_CLIENT_CERTIFICATE_HEADER')
  if (config.jwtKid && !config.jwtPrivateKeyPem) problems.push('JWT_KID names a key, but JWT_PRIVATE_KEY_BASE64 is not set')
  if (problems.length > 0) return fail(problems)
  if (givenKeys) return succeed(Object.freeze(config))
  const made = developmentKey()
  return made.ok ? succeed(Object.freeze({ ...config, encryptionKeys: [made.value] })) : fail([made.failure])
}

function productionProblems(config: Config, env: Environment): string[] {
  const problems: string[] = []
  if (config.encryptionKeys.length === 0 && !env['ENCRYPTION_KEY'] && !env['ENCRYPTION_KEY_FILE']) {
    problems.push('ENCRYPTION_KEY is required in production: make one with `openssl rand -hex 32` and keep it safe')
  }
  if (!env['PUBLIC_URL']) problems.push('PUBLIC_URL is required in production: the origin people see, such as https://example.com')
  if (!env['SMTP_URL'] && !env['SMTP_URL_FILE']) problems.push('SMTP_URL is required in production: without it nobody can verify an address or recover an account')
  if (!env['MAIL_FROM']) problems.push('MAIL_FROM is required in production: the address mails come from')
  if (config.hasRateLimits === false) problems.push('RATE_LIMITS=off is refused in production')
  if (config.publicUrl?.startsWith('http:') && !config.isLocal) problems.push('PUBLIC_URL must be https in production: cookies and passwords travel over it')
  return problems
}

function readSetting(name: SettingName, env: Environment, problems: string[]): unknown {
  const definition: Setting<unknown> = SETTINGS[name]
  const text = readText(name, definition, env, problems)
  if (text === undefined) return undefined
  const parsed = definition.schema.safeParse(text)
  if (parsed.success) return parsed.data
  problems.push(...parsed.error.issues.map((issue) => `${name} ${issue.message}`))
  return undefined
}

function readText(name: SettingName, definition: Setting<unknown>, env: Environment, problems: string[]): string | undefined {
  const direct = env[name]
  const file = definition.isSecret ? env[`${name}_FILE`] : undefined
  if (direct && file) problems.push(`${name} and ${name}_FILE are both set: keep one`)
  if (direct) return direct
  if (!file) return definition.default
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    problems.push(`${name}_FILE names ${file}, which cannot be read`)
    return undefined
  }
}
