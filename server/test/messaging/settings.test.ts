// No database takes part: a file that is not understood is refused before one is asked.
import { describe, expect, test } from 'vitest'
import { readDeclared } from '../../src/services/settings/read-declared.ts'

const NAMED = { secret: 'PROVIDER' }
const TWILIO = { type: 'twilio', account_sid: `AC${'0'.repeat(32)}`, auth_token: NAMED, from: '+15005550006' }
const VONAGE = { type: 'vonage', api_key: 'abc', api_secret: NAMED, from: 'Gatepost' }
const WEBHOOK = { type: 'webhook', url: 'https://sms.example.com/send', signing_secret: NAMED }

function problemsOf(messaging: object): readonly string[] {
  const parsed = readDeclared(JSON.stringify({ messaging }))
  return parsed.ok ? [] : parsed.failure
}
const withSender = (sender: object) => problemsOf({ senders: [sender], allowed_countries: ['CH'] })

describe('the settings of messages', () => {
  test('let nobody be written to until countries are named, and demand them as soon as there is a sender', () => {
    const parsed = readDeclared('{}')
    expect(parsed.ok && parsed.value.document.messaging).toEqual({ channels: ['whatsapp', 'sms'], senders: [], allowed_countries: [], limits: { per_recipient_hour: 5, per_country_hour: 100 } })
    expect(problemsOf({ senders: [TWILIO] })).toEqual(['messaging.allowed_countries: must name at least one country once there are senders'])
    for (const sender of [TWILIO, VONAGE, WEBHOOK]) expect(withSender(sender)).toEqual([])
  })

  test('refuse a secret that is written instead of named', () => {
    const problems = withSender({ ...TWILIO, auth_token: 'sk_live_0123456789' })
    expect(problems).toEqual(['messaging.senders.0.auth_token: must be {secret: NAME}; the value is given to `gatepost settings secret set NAME`'])
  })

  test.each([
    [{ ...TWILIO, account_sid: 'AC1' }, /senders\.0\.account_sid: must be AC and 32/],
    [{ ...TWILIO, messaging_service_sid: `MG${'0'.repeat(32)}` }, /senders\.0: needs either from or messaging_service_sid/],
    [{ ...TWILIO, from: undefined }, /senders\.0: needs either from or messaging_service_sid/],
    [{ ...TWILIO, auth_token: { secret: 'lower' } }, /auth_token\.secret: must be capital letters/],
    [{ ...TWILIO, colour: 1 }, /senders\.0\.colour: is not a setting/],
    [{ type: 'pigeon' }, /senders\.0\.type: /],
    [{ ...WEBHOOK, url: 'ftp://example.com' }, /senders\.0\.url: must be an https address/],
    [{ ...WEBHOOK, url: 'https://user:word@example.com' }, /senders\.0\.url: must be an https address/],
    [{ ...WEBHOOK, channels: ['fax'] }, /senders\.0\.channels\.0: /],
  ])('name what is wrong with %j', (sender, problem) => {
    expect(withSender(sender).join('\n')).toMatch(problem)
  })

  test.each(['https://api.twilio.com.evil.example', 'https://eviltwilio.com', 'https://evil.example/api.twilio.com', 'https://api.twilio.com/', 'https://api.twilio.com?x'])(
    'send the credentials of a provider to nobody else: %s',
    (base_url) => {
      expect(withSender({ ...TWILIO, base_url }).join('\n')).toMatch(/senders\.0\.base_url: must /)
      expect(withSender({ ...TWILIO, base_url: 'https://api.ie1.twilio.com' })).toEqual([])
    },
  )

  test('refuse what is no country, a limit that is none, and more senders than there is time for', () => {
    expect(problemsOf({ allowed_countries: ['CH', 'ch', 'XX'] })).toEqual([
      'messaging.allowed_countries.1: must be a country code such as CH',
      'messaging.allowed_countries.2: must be a country code such as CH',
    ])
    expect(problemsOf({ limits: { per_recipient_hour: 0 } })).toHaveLength(1)
    expect(problemsOf({ channels: ['sms', 'sms'] })).toEqual(['messaging.channels: names one twice'])
    expect(problemsOf({ senders: Array.from({ length: 6 }, () => WEBHOOK), allowed_countries: ['CH'] })).toEqual(['messaging.senders: must be 5 at most'])
  })
})
