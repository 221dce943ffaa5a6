/** The composition root: everything is built here, top to bottom, in plain code. Reading it is the tour of the house. */
import type { FastifyInstance } from 'fastify'
import { DEFAULT_TENANT_ID } from '../domain/ids.ts'
import type { MailRequest } from '../domain/mail.ts'
import { mountOidc } from '../endpoints/oidc/index.ts'
import { mountHealth } from '../endpoints/health/index.ts'
import { mountPages } from '../endpoints/pages/index.ts'
import { mountResolver } from '../endpoints/resolver/index.ts'
import { mountSessionApi } from '../endpoints/session-api/index.ts'
import { mountWellKnown } from '../endpoints/well-known/index.ts'
import { createCookieJar } from '../http/cookies.ts'
import { createCsrf } from '../http/csrf.ts'
import { answerFailures, createListener } from '../http/listener.ts'
import { createClientCertificates } from '../http/client-certificates.ts'
import { createTrustedPeers } from '../http/trusted-peers.ts'
import { chooseLanguage, loadWording } from '../languages/index.ts'
import { createBreachedPasswords } from '../outbound/breached-passwords/breached-passwords.ts'
import { createMailboxSender } from '../outbound/mail/mailbox-sender.ts'
import { createSmtpSender } from '../outbound/mail/smtp-sender.ts'
import { renderMessage } from '../outbound/sms/render-message.ts'
import { renderNotice } from '../outbound/sms/render-notice.ts'
import type { Database } from '../persistence/index.ts'
import { openDatabase } from '../persistence/index.ts'
import type { Clock } from '../platform/clock.ts'
import { systemClock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import { createLogger } from '../platform/logger.ts'
import { createGuardedFetch } from '../platform/guarded-fetch.ts'
import { monotonicNow } from '../platform/monotonic.ts'
import { createPasswordHasher } from '../platform/password-hash.ts'
import { systemRandom } from '../platform/random.ts'
import { createSealer } from '../platform/sealing.ts'
import { createAnonymousUsers } from '../services/anonymous-users/index.ts'
import { createApplications } from '../services/applications/index.ts'
import { createAccounts } from '../services/accounts/index.ts'
import { createCallers } from '../services/callers/index.ts'
import type { Admins } from '../services/admins/index.ts'
import { createAdmins } from '../services/admins/index.ts'
import { createCodes, ONE_TIME_CODE_TTL_MS } from '../services/codes/index.ts'
import { createFrontchannel, createLogoutTokens } from '../services/client-logouts/index.ts'
import type { Clients, Registrations } from '../services/clients/index.ts'
import { createClients, createMetadataDocuments, createRegistrations } from '../services/clients/index.ts'
import type { Deletions } from '../services/deletions/index.ts'
import { createDeviceAuthorizations } from '../services/device-authorizations/index.ts'
import { createDeletions } from '../services/deletions/index.ts'
import { createEvents } from '../services/events/index.ts'
import { createExports } from '../services/exports/index.ts'
import { createFlows } from '../services/flows/index.ts'
import { createGrants } from '../services/grants/index.ts'
import { createHandOvers } from '../services/hand-overs/index.ts'
import type { Health } from '../services/health/index.ts'
import { createHealth } from '../services/health/index.ts'
import type { Imports } from '../services/imports/index.ts'
import { createImports } from '../services/imports/index.ts'
import type { Invitations } from '../services/invitations/index.ts'
import { createInvitations } from '../services/invitations/index.ts'
import type { Keys } from '../services/keys/index.ts'
import { createKeys, importKeyFromPem } from '../services/keys/index.ts'
import { createKnownDevices } from '../services/known-devices/index.ts'
import { createLimits } from '../services/limits/index.ts'
import type { Messages } from '../services/messages/index.ts'
import { createMessages } from '../services/messages/index.ts'
import { createLockout } from '../services/lockout/index.ts'
import type { Outbox } from '../services/outbox/index.ts'
import { createOutbox } from '../services/outbox/index.ts'
import { createPasskeys, hasRelyingPartyId } from '../services/passkeys/index.ts'
import type { PasswordChanges } from '../services/passwords/index.ts'
import { createPasswordChanges, createPasswords } from '../services/passwords/index.ts'
import { createProfiles } from '../services/profiles/index.ts'
import { createPictures } from '../services/pictures/index.ts'
import type { Retention } from '../services/retention/index.ts'
import { createRetention } from '../services/retention/index.ts'
import type { SecondFactors } from '../services/second-factors/index.ts'
import type { Secrets } from '../services/secrets/index.ts'
import { createSecrets } from '../services/secrets/index.ts'
import { createPhones } from '../services/phones/index.ts'
import { createRecentProof, createSparedCheck } from '../services/recent-proof/index.ts'
import { createSecondFactors } from '../services/second-factors/index.ts'
import { createSessions } from '../services/sessions/index.ts'
import { createSubjects } from '../services/subjects/index.ts'
import type { Settings } from '../services/settings/index.ts'
import { createSettings } from '../services/settings/index.ts'
import type { Config } from './config/load-config.ts'
import { openRedis } from './open-redis.ts'

const SMTP_TIMEOUT_MS = 20_000

export interface App {
  readonly config: Config
  readonly logger: Logger
  readonly database: Database
  readonly listener: FastifyInstance
  readonly keys: Keys
  readonly admins: Admins
  readonly passwordChanges: PasswordChanges
  readonly imports: Imports
  readonly invitations: Invitations
  readonly outbox: Outbox
  readonly settings: Settings
  readonly clients: Clients
  readonly registrations: Registrations
  readonly deletions: Deletions
  readonly secrets: Secrets
  readonly messages: Messages
  readonly secondFactors: SecondFactors
  readonly retention: Retention
  readonly health: Health
  /** Lets go of connections; what is under way must have ended. */
  close(): Promise<void>
}

/** What tests replace: time, where log lines go, and the settings of the database. */
export interface Surroundings {
  readonly clock?: Clock
  readonly logger?: Logger
  readonly settings?: Settings
}

export async function compose(config: Config, surroundings: Surroundings = {}): Promise<App> {
  const clock = surroundings.clock ?? systemClock
  const logger = surroundings.logger ?? createLogger({ level: config.logLevel })
  const random = systemRandom
  const tenantId = DEFAULT_TENANT_ID
  const { publicUrl, basePath, isSecure } = config
  // The mailbox holds everybody's codes: only where nobody else can open it.
  const hasMailbox = !config.isProduction && config.isLocal

  const database = await openDatabase({ url: config.databaseUrl, poolSize: config.databasePoolSize, random })
  const redis = config.redisUrl === undefined ? undefined : await openRedis(config.redisUrl, logger)
  const sealer = createSealer(config.encryptionKeys, random)
  const hasher = createPasswordHasher({ parameters: config.argon2, lanes: config.passwordHashLanes, random, monotonicNow })
  const sender = config.smtpUrl
    ? createSmtpSender({ smtpUrl: config.smtpUrl, from: config.mailFrom, timeoutMs: SMTP_TIMEOUT_MS })
    : createMailboxSender()
  const mailSettings = { publicUrl, basePath, codeLifetimeMinutes: ONE_TIME_CODE_TTL_MS / 60_000 }
  const fixedKey = config.jwtPrivateKeyPem === undefined ? undefined : await importKeyFromPem(config.jwtPrivateKeyPem, config.jwtKid)

  const events = createEvents({ clock, random })
  const secrets = createSecrets({ database, clock, sealer, events, tenantId })
  const settings = surroundings.settings ?? createSettings({ database, clock, events, tenantId, offersPasskeys: hasRelyingPartyId(publicUrl), secrets })
  const clientCertificates = createClientCertificates({ certificateHeader: config.tlsClientCertificateHeader, verifyHeader: config.tlsClientVerifyHeader, isTrusted: createTrustedPeers(config.trustedProxies), now: () => clock.now() })
  const limits = createLimits({ isEnabled: config.hasRateLimits, redis, keyPrefix: config.cookiePrefix })
  const guardedFetch = createGuardedFetch({ internalHosts: config.outboundInternalHosts })
  const ofClients = { issuer: config.issuer, allowsLocalhost: !config.isProduction, internalHosts: config.outboundInternalHosts.map((host) => host.toLowerCase()), clientCertificates: clientCertificates.seen }
  // Who registers or publishes itself names none of the hosts inside that the operator excepted.
  const ofStrangers = { ...ofClients, ...(config.isProduction ? { internalHosts: [], forbiddenHosts: ofClients.internalHosts } : {}) }
  const documents = createMetadataDocuments({ clock, settings, limits, guardedFetch, surroundings: ofStrangers })
  const clients = createClients({ database, clock, random, events, tenantId, surroundings: ofClients, documents })
  const registrations = createRegistrations({ database, clock, random, events, limits, settings, clients, guardedFetch, tenantId, surroundings: ofStrangers })
  const renderMail = async (request: MailRequest) => {
    const { renderBrandedMail } = await import('../outbound/mail/render-branded-mail.ts')
    return renderBrandedMail(request, { ...mailSettings, branding: await settings.branding(), wording: await loadWording(chooseLanguage([request.language ?? ''], undefined)) })
  }
  const messages = createMessages({
    clock,
    monotonicNow,
    settings,
    secrets,
    limits,
    guardedFetch,
    render: async (request) => {
      if (request.template === 'notice') return renderNotice(request.notice, (await renderMail({ ...request.notice, to: request.to })).subject, { publicUrl, basePath })
      return renderMessage(request, { brandName: (await settings.branding()).name, publicUrl }, await loadWording(chooseLanguage(request.language ? [request.language] : [], undefined)))
    },
    hasMailbox,
  })
  const keys = createKeys({ database, clock, random, sealer, events, tenantId, fixedKey })
  const subjects = createSubjects({ secrets, random })
  const logoutTokens = createLogoutTokens({ clients, keys, guardedFetch, clock, random, issuer: config.issuer, subjects })
  const outbox = createOutbox({
    database,
    clock,
    random,
    sealer,
    events,
    logger,
    sender,
    render: renderMail,
    messages,
    logoutTokens,
    codeLifetimeMs: ONE_TIME_CODE_TTL_MS,
    keepsDelivered: hasMailbox,
  })
  const breached = createBreachedPasswords({ baseUrl: config.breachedPasswordsUrl, file: config.breachedPasswordsFile })
  const passwords = createPasswords({ database, clock, random, hasher, events, logger, breached, settings })
  const codes = createCodes({ clock, random, sealer, events, outbox })
  const sessions = createSessions({ database, clock, random, keys, events, outbox, limits, settings, issuer: config.issuer, tenantId })
  const grants = createGrants({ database, clock, events, tenantId })
  const callers = createCallers({ database, clock, monotonicNow, logger, events, sessions, issuer: config.issuer, keys, grants, clients, tenantId })
  const lockout = createLockout({ clock, sealer, events, outbox })
  const knownDevices = createKnownDevices({ clock, random, sealer })
  const invitations = createInvitations({ database, clock, random, events, outbox, settings, tenantId })
  const isRecentlyProven = createRecentProof({ database, clock, settings })
  const passkeys = createPasskeys({ database, clock, random, sealer, sessions, limits, events, outbox, isRecentlyProven, publicUrl, settings })
  const secondFactors = createSecondFactors({ database, clock, random, sealer, events, outbox, limits, sessions, settings, isRecentlyProven })
  const admins = createAdmins({ database, clock, sealer, sessions, events, limits, lockout, outbox, tenantId })
  const passwordChanges = createPasswordChanges({ database, clock, events, tenantId })
  const deletions = createDeletions({ database, clock, settings, sessions, events, outbox, isRecentlyProven })
  const flows = createFlows({ database, clock, random, sealer, settings, passwords, passkeys, codes, sessions, secondFactors, limits, messages, lockout, knownDevices, invitations, deletions, events, outbox })
  const phones = createPhones({ database, clock, random, sealer, codes, messages, sessions, settings, limits, events, outbox, isRecentlyProven })
  const accounts = createAccounts({ database, clock, random, sealer, passwords, codes, sessions, limits, lockout, knownDevices, settings, deletions, events, outbox, isRecentlyProven, isSpared: createSparedCheck({ database, clock, settings }) })
  const profiles = createProfiles({ database, clock, events, settings, limits })
  const pictures = createPictures({ database, clock, random, events, publicUrl, basePath })
  const exports = createExports({ database, clock, events, profiles, isRecentlyProven })
  const imports = createImports({ database, clock, random, events, tenantId })
  const anonymousUsers = createAnonymousUsers({ database, clock, random, settings, sessions, limits, events, tenantId })
  const deviceAuthorizations = createDeviceAuthorizations({ database, clock, random, events, clients, limits, tenantId })
  const applications = createApplications({ database, clock, events, clients, tenantId, issuer: config.issuer })
  const frontchannel = createFrontchannel({ database, issuer: config.issuer })
  const handOvers = createHandOvers({ database, clock, sealer, settings, clients, grants, sessions, knownDevices, events, outbox, publicUrl })
  const retention = createRetention({ database, clock, settings, anonymousUsers, registrations, sessions, tenantId })
  const health = createHealth({ database, keys })

  const apiPath = `${basePath}/api/`
  const created = createListener({ logger, random, trustedProxies: config.trustedProxies, isSecure })
  const { listener } = created
  const jar = createCookieJar({ prefix: config.cookiePrefix, basePath, isSecure })
  const csrf = createCsrf({ sealer, random })
  const door = { tenantId, basePath, ownOrigin: publicUrl, flows, sessions, accounts, phones, deletions, profiles, exports, pictures, passkeys, secondFactors, settings, applications, deviceAuthorizations, jar, csrf, clock }
  const pages = mountPages(listener, {
    ...door,
    clients,
    grants,
    frontchannel,
    admins,
    outbox,
    defaultReturnTo: config.defaultReturnTo,
    mailFrom: config.mailFrom,
    hasMailbox,
    async sampleMails(look) {
      const [{ SAMPLE_MAILS }, { renderBrandedMail }] = await Promise.all([import('../outbound/mail/sample-mails.ts'), import('../outbound/mail/render-branded-mail.ts')])
      return Object.values(SAMPLE_MAILS).map((request) => ({ id: request.template, html: renderBrandedMail(request, { ...mailSettings, ...look }).html }))
    },
  })
  mountSessionApi(listener, {
    ...door,
    anonymousUsers,
    clients,
    handOvers,
    hasTokensInBody: config.hasTokensInBody,
  })
  mountResolver(listener, { ...door, callers, issuer: config.issuer, defaultReturnTo: config.defaultReturnTo, headerPrefix: config.resolverHeaderPrefix, isTrusted: createTrustedPeers(config.trustedProxies) })
  mountWellKnown(listener, { basePath, keys })
  mountOidc(listener, {
    ...{ issuer: config.issuer, basePath, isSecure, cookiePrefix: config.cookiePrefix, cookieKeys: [sealer.mac('provider-cookies', tenantId)], nonceSecret: sealer.mac('dpop-nonces', tenantId), clientCertificates, tenantId, sealer },
    ...{ keys, grants, deviceAuthorizations, clients, registrations, guardedFetch, settings, sessions, profiles, subjects, secondFactors, handOvers, frontchannel, jar, csrf, clock, limits, logger, pages },
  })
  mountHealth(listener, { basePath, health })
  answerFailures(created, { logger, apiPath, renderPage: (request, _refusal, status) => pages.renderRefusal(request, status) })

  return {
    config,
    logger,
    database,
    listener,
    keys,
    admins,
    passwordChanges,
    imports,
    invitations,
    outbox,
    settings,
    clients,
    registrations,
    deletions,
    secrets,
    messages,
    secondFactors,
    retention,
    health,
    async close() {
      callers.stop()
      sender.close()
      redis?.disconnect()
      await database.close()
    },
  }
}
