import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { ChallengeId, FlowId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { MailRequest } from '../../domain/mail.ts'
import type { MessageTemplate } from '../../domain/message.ts'
import type { E164 } from '../../domain/phone.ts'
import type { EmailCodeForm, OneTimeCodeOutcome } from '../../flow/index.ts'
import type { OneTimeCodeRecord } from '../../persistence/queries/one-time-code.ts'
import {
  consumeOneTimeCode,
  countAttempt,
  findOneTimeCode,
  insertOneTimeCode,
  replaceOneTimeCode,
} from '../../persistence/queries/one-time-code.ts'
import type { OneTimeCodeTable, Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Random } from '../../platform/random.ts'
import { newDigits, newId, newSecret } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Events } from '../events/index.ts'
import type { Outbox } from '../outbox/index.ts'
import {
  CHALLENGE_MAX_SENDS,
  CHALLENGE_TTL_MS,
  ONE_TIME_CODE_DIGITS,
  ONE_TIME_CODE_MAX_ATTEMPTS,
  ONE_TIME_CODE_TTL_MS,
  RESEND_PAUSE_MS,
} from './limits.ts'

export interface CodeRequest {
  readonly tenantId: TenantId
  readonly purpose: OneTimeCodeTable['purpose']
  readonly userId: UserId | null
  readonly sessionId: SessionId | null
  readonly flowId: FlowId | null
  readonly channel: OneTimeCodeTable['channel']
  /** What the code proves; kept normalised. */
  readonly destination: string
  /** Where to send it; null sends nothing. */
  readonly sendTo: string | null
  readonly isDecoy: boolean
  /** Whoever asks for a decoy writes to the owner of the address or number in its place: one outbox row either way. */
  readonly isOwnerTold?: boolean
  /** What the mail carries; digits alone when absent. */
  readonly form?: EmailCodeForm
  readonly requester: Requester
}

export interface IssuedCode {
  readonly challengeId: ChallengeId
}

export interface Codes {
  /** Makes and sends a code; `continuation` is told the id and returns what the right code will continue, sealed. */
  issue(tx: Transaction<Schema>, request: CodeRequest, continuation: (id: ChallengeId) => string): Promise<IssuedCode>
  /** Counts the try, compares, spends. To be called inside the transaction that does what the code allows. */
  check(tx: Transaction<Schema>, record: OneTimeCodeRecord, code: string, requester: Requester): Promise<OneTimeCodeOutcome>
  /** Voids the old code and sends a new one, when a resend is due. */
  resend(tx: Transaction<Schema>, record: OneTimeCodeRecord, to: ResendTo, requester: Requester): Promise<boolean>
}

export interface ResendTo {
  /** Null sends nothing. */
  readonly sendTo: string | null
  /** Another channel than before. */
  readonly channel?: OneTimeCodeTable['channel'] | undefined
  /** What the mail carries; digits alone when absent. */
  readonly form?: EmailCodeForm
}

const MAC_PURPOSE = 'one-time-code'
const MAIL_TEMPLATE = {
  signup: 'signup_code',
  login: 'login_code',
  signup_login: 'login_code',
  account_recovery: 'recovery_code',
  reauth: 'reauthentication_code',
  email_change: 'email_change_code',
  second_factor: 'second_factor_code',
} as const satisfies Partial<Record<OneTimeCodeTable['purpose'], MailRequest['template']>>
/** Purposes without one are proven by digits alone. */
const LINK_TEMPLATE = {
  login: 'login_link',
  account_recovery: 'recovery_link',
  reauth: 'reauthentication_link',
  second_factor: 'second_factor_link',
  signup: undefined,
  signup_login: undefined,
  email_change: undefined,
  phone_change: undefined,
} as const satisfies Record<OneTimeCodeTable['purpose'], MailRequest['template'] | undefined>

/** What is sent: digits, the secret of a link, or both. */
interface Sent {
  readonly code: string | undefined
  readonly link: string | undefined
}
const MESSAGE_TEMPLATE = {
  signup: 'signup_code',
  login: 'login_code',
  signup_login: 'login_code',
  account_recovery: 'recovery_code',
  reauth: 'reauthentication_code',
  phone_change: 'phone_change_code',
  second_factor: 'login_code',
} as const satisfies Partial<Record<OneTimeCodeTable['purpose'], MessageTemplate>>

export function createCodes(deps: { clock: Clock; random: Random; sealer: Sealer; events: Events; outbox: Outbox }): Codes {
  const { clock, random, sealer, events, outbox } = deps
  const macText = (id: ChallengeId, code: string) => `${id}:${code}`

  /** A real code and link with their hashes; for a decoy, and for what is not sent, a hash that nothing has. */
  function makeCode(id: ChallengeId, isDecoy: boolean, form: EmailCodeForm): { sent: Sent; codeHash: string; linkHash: string | null } {
    const [code, link] = [newDigits(random, ONE_TIME_CODE_DIGITS), newSecret(random)]
    const [hasCode, hasLink] = [form !== 'link', form !== 'code']
    return {
      sent: { code: hasCode ? code : undefined, link: hasLink ? link : undefined },
      codeHash: sealer.mac(MAC_PURPOSE, isDecoy || !hasCode ? newSecret(random) : macText(id, code)),
      linkHash: hasLink ? sha256(isDecoy ? newSecret(random) : link) : null,
    }
  }

  const formFor = (purpose: OneTimeCodeTable['purpose'], form: EmailCodeForm = 'code') => (LINK_TEMPLATE[purpose] === undefined ? 'code' : form)
  /** Who approves a link is shown who asked for it. */
  const shownRequester = (linkHash: string | null, { ip, userAgent }: Requester) => (linkHash === null ? { ip: null, userAgent: null } : { ip, userAgent })

  async function send(tx: Transaction<Schema>, row: Pick<OneTimeCodeTable, 'tenant_id' | 'purpose' | 'channel' | 'user_id'>, to: string | null, { code, link }: Sent, language: string | undefined) {
    if (to === null) return outbox.enqueueNothing(tx, row.tenant_id)
    // Who has no account yet is written to as at sign-up.
    const isToStranger = row.purpose === 'signup_login' && row.user_id === null
    switch (row.channel) {
      case 'email': {
        if (row.purpose === 'phone_change') throw new Error('a code for a number was to be mailed')
        const template = LINK_TEMPLATE[row.purpose]
        if (link !== undefined && template) return outbox.enqueueMail(tx, row.tenant_id, { template, to, link, ...(code === undefined ? {} : { code }), language })
        if (code === undefined) throw new Error('a mail was to be sent with neither code nor link')
        return outbox.enqueueMail(tx, row.tenant_id, { template: isToStranger ? 'signup_code' : MAIL_TEMPLATE[row.purpose], to, code, language })
      }
      case 'sms':
      case 'whatsapp': {
        if (code === undefined) throw new Error('a link was to be sent to a number')
        if (row.purpose === 'email_change') throw new Error('a code for an address was to be sent to a number')
        const spoken = language === undefined ? {} : { language }
        return outbox.enqueueMessage(tx, row.tenant_id, { template: MESSAGE_TEMPLATE[row.purpose], to: to as E164, code, prefers: row.channel, ...spoken })
      }
    }
  }

  return {
    async issue(tx, request, continuation) {
      const id = newId<ChallengeId>(clock, random)
      const now = clock.now()
      const { sent, codeHash, linkHash } = makeCode(id, request.isDecoy, formFor(request.purpose, request.form))
      const from = shownRequester(linkHash, request.requester)
      await insertOneTimeCode(tx, {
        id,
        tenant_id: request.tenantId,
        purpose: request.purpose,
        channel: request.channel,
        user_id: request.userId,
        session_id: request.sessionId,
        flow_id: request.flowId,
        destination: request.destination,
        code_hash: codeHash,
        link_hash: linkHash,
        approved_at: null,
        requested_ip: from.ip,
        requested_user_agent: from.userAgent,
        continuation_sealed: continuation(id),
        is_decoy: request.isDecoy ? 1 : 0,
        attempts: 0,
        sends: 1,
        last_sent_at: now,
        code_expires_at: now + ONE_TIME_CODE_TTL_MS,
        expires_at: now + CHALLENGE_TTL_MS,
        consumed_at: null,
        created_at: now,
      })
      const row = { tenant_id: request.tenantId, purpose: request.purpose, channel: request.channel, user_id: request.userId }
      if (!request.isOwnerTold) await send(tx, row, request.isDecoy ? null : request.sendTo, sent, request.requester.language)
      await events.record(tx, {
        type: 'one_time_code.sent',
        tenantId: request.tenantId,
        userId: request.userId,
        sessionId: request.sessionId,
        requester: request.requester,
        data: { purpose: request.purpose, channel: request.channel },
      })
      return { challengeId: id }
    },

    async check(tx, record, code, requester) {
      const isCounted = await countAttempt(tx, record.id, { maxAttempts: ONE_TIME_CODE_MAX_ATTEMPTS, at: clock.now() })
      if (!isCounted) return 'exhausted'
      // Read after the count, on the row this transaction now holds: a resend in between has voided the code.
      const current = await findOneTimeCode(tx, record.id)
      if (!current) return 'exhausted'
      const isRight = sealer.hasMac(MAC_PURPOSE, macText(record.id, code), current.code_hash)
      if (isRight) return (await consumeOneTimeCode(tx, record.id, current.code_hash, clock.now())) ? 'right' : 'exhausted'
      if (current.attempts >= ONE_TIME_CODE_MAX_ATTEMPTS) {
        await events.record(tx, {
          type: 'one_time_code.exhausted',
          tenantId: record.tenant_id,
          userId: record.user_id,
          requester,
          data: { purpose: record.purpose },
        })
      }
      return 'wrong'
    },

    async resend(tx, record, { sendTo, channel = record.channel, form }, requester) {
      const now = clock.now()
      const isDecoy = record.is_decoy === 1
      const { sent, codeHash, linkHash } = makeCode(record.id, isDecoy, formFor(record.purpose, form))
      const from = shownRequester(linkHash, requester)
      const isReplaced = await replaceOneTimeCode(tx, record.id, {
        codeHash,
        linkHash,
        requestedIp: from.ip,
        requestedUserAgent: from.userAgent,
        channel,
        at: now,
        codeExpiresAt: now + ONE_TIME_CODE_TTL_MS,
        maxSends: CHALLENGE_MAX_SENDS,
        lastSentBefore: now - RESEND_PAUSE_MS,
      })
      if (isReplaced) await send(tx, { ...record, channel }, isDecoy ? null : sendTo, sent, requester.language)
      return isReplaced
    },
  }
}
