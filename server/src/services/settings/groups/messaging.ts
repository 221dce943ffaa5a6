import { z } from 'zod'
import { PHONE_COUNTRIES } from '../../../domain/country.ts'
import { MESSAGE_CHANNELS } from '../../../domain/message.ts'
import { LIMIT_RULES } from '../../limits/index.ts'
import { SECRET_NAME } from '../../secrets/index.ts'

/** Tried one after the other within the time that a delivery may take. */
export const MAX_SENDERS = 5
const MAX_MESSAGES_PER_RECIPIENT = 100
const MAX_MESSAGES_PER_COUNTRY = 1_000_000

const channels = () =>
  z
    .array(z.enum(MESSAGE_CHANNELS))
    .min(1, 'must name at least one')
    .refine((list) => new Set(list).size === list.length, 'names one twice')

/** A secret is named, never written: the settings file may be shown to anybody. */
const secret = (description: string) =>
  z
    .strictObject({ secret: z.string().regex(SECRET_NAME, 'must be capital letters, digits and underscores, such as TWILIO_AUTH_TOKEN') }, 'must be {secret: NAME}; the value is given to `gatepost settings secret set NAME`')
    .meta({ description })

const token = (pattern: RegExp, problem: string, description: string) => z.string().regex(pattern, problem).meta({ description })

const webAddress = z.string().refine((text) => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hash === ''
}, 'must be an https address; http is for hosts of OUTBOUND_INTERNAL_HOSTS')

/**
 * Of the provider, since its credentials go there: whoever may change settings could otherwise have them sent to
 * themselves. Plain http reaches the hosts of OUTBOUND_INTERNAL_HOSTS alone, which the operator chose.
 */
const baseUrl = (address: string, domain: string) =>
  webAddress
    .refine((text) => !text.endsWith('/') && !text.includes('?'), 'must end without a slash or query')
    .refine((text) => text.startsWith('http:') || `.${new URL(text).hostname}`.endsWith(`.${domain}`), {
      message: `must be an https address under ${domain}; http is for hosts of OUTBOUND_INTERNAL_HOSTS`,
      when: ({ issues }) => issues.length === 0,
    })
    .default(address)
    .meta({ description: `Another address under ${domain}, for a region of the provider's; or a host of OUTBOUND_INTERNAL_HOSTS.` })

const sender = z.string().regex(/^(\+?\d{3,15}|[A-Za-z0-9][A-Za-z0-9 ._-]{0,10})$/, 'must be a number or up to 11 letters and digits')

const twilio = z
  .strictObject({
    type: z.literal('twilio'),
    account_sid: token(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hexadecimal digits', 'The account.'),
    auth_token: secret('Its auth token.'),
    messaging_service_sid: token(/^MG[0-9a-fA-F]{32}$/, 'must be MG and 32 hexadecimal digits', 'The Messaging Service that picks a sender; or else `from`.').optional(),
    from: sender.optional().meta({ description: 'A number or sender id of the account; or else `messaging_service_sid`.' }),
    base_url: baseUrl('https://api.twilio.com', 'twilio.com'),
  })
  .refine((one) => (one.from === undefined) !== (one.messaging_service_sid === undefined), 'needs either from or messaging_service_sid')

const vonage = z.strictObject({
  type: z.literal('vonage'),
  api_key: token(/^[A-Za-z0-9]{1,64}$/, 'must be letters and digits', 'The key of the account.'),
  api_secret: secret('Its secret.'),
  from: sender.meta({ description: 'A number or sender id of the account.' }),
  base_url: baseUrl('https://rest.nexmo.com', 'nexmo.com'),
})

const whatsappCloud = z.strictObject({
  type: z.literal('whatsapp_cloud'),
  phone_number_id: token(/^\d{1,32}$/, 'must be digits', 'The id of the business phone number, not the number.'),
  access_token: secret('A permanent token of a system user with `whatsapp_business_messaging`.'),
  template: token(/^[a-z0-9_]{1,512}$/, 'must be lower-case letters, digits and underscores', 'The approved authentication template with a copy-code button.'),
  languages: z
    .record(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en'), z.string().regex(/^[a-z]{2,3}(_[A-Z]{2,3})?$/, 'must be a template language such as en_US'))
    .refine((languages) => Object.keys(languages).length > 0, 'must name at least one')
    .default({ en: 'en' })
    .meta({ description: 'From a language of people to the one under which the template was approved; the first stands in for others.' }),
  api_version: token(/^v\d{1,3}\.\d{1,2}$/, 'must be a version such as v23.0', 'Version of the Graph API.').default('v23.0'),
  base_url: baseUrl('https://graph.facebook.com', 'facebook.com'),
})

const webhook = z.strictObject({
  type: z.literal('webhook'),
  url: webAddress.meta({ description: 'Where messages are posted to.' }),
  signing_secret: secret('What requests are signed with.'),
  previous_signing_secret: secret('Signs beside it, while receivers learn the new one.').optional(),
  channels: channels().default(['sms']).meta({ description: 'What the receiver carries.' }),
})

/** The senders of messages: who carries codes to telephones, where to, and how many. */
export const messaging = z
  .strictObject({
    channels: channels()
      .default(['whatsapp', 'sms'])
      .meta({ description: 'In order of preference; the next is tried where the one before has no sender or does not reach the number.' }),
    senders: z
      .array(z.discriminatedUnion('type', [twilio, vonage, whatsappCloud, webhook]))
      .max(MAX_SENDERS, `must be ${MAX_SENDERS} at most`)
      .default([])
      .meta({ description: 'In order: the next is tried when one fails. See below, and docs/messaging.md.' }),
    allowed_countries: z
      .array(z.string().refine((code) => PHONE_COUNTRIES.has(code), 'must be a country code such as CH'))
      .default([])
      .meta({
        description:
          'Countries (ISO 3166-1 alpha-2) whose numbers are written to. None until you name yours: codes sent to costly destinations are a common fraud (SMS pumping), paid by you.',
      }),
    limits: z
      .strictObject({
        per_recipient_hour: z.int().min(1).max(MAX_MESSAGES_PER_RECIPIENT).default(LIMIT_RULES.messages_per_recipient.tries).meta({ description: 'Messages to one number in an hour; and, counted apart, second steps and repeated proofs of one account, where each session and each device it knows has as many for itself.' }),
        per_country_hour: z
          .int()
          .min(1)
          .max(MAX_MESSAGES_PER_COUNTRY)
          .default(LIMIT_RULES.messages_per_country.tries)
          .meta({ description: 'Messages to all numbers of one country in an hour: what a fraud can cost at most. A fifth, rounded down, is kept for second steps and repeated proofs, so that strangers cannot use it up.' }),
      })
      .prefault({}),
  })
  .refine(({ senders, allowed_countries: countries }) => senders.length === 0 || countries.length > 0, {
    path: ['allowed_countries'],
    message: 'must name at least one country once there are senders',
  })
  .prefault({})

export type MessagingSettings = z.infer<typeof messaging>
export type SenderSettings = MessagingSettings['senders'][number]

/** Every secret that the senders name, each once. */
export function listNamedSecrets({ senders }: MessagingSettings): string[] {
  const names = senders.flatMap((one) => Object.values(one).flatMap((value) => (isNamedSecret(value) ? [value.secret] : [])))
  return [...new Set(names)]
}

function isNamedSecret(value: unknown): value is { secret: string } {
  return typeof value === 'object' && value !== null && 'secret' in value && typeof value.secret === 'string'
}
