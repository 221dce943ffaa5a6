/** One place for every limit: tries per window, and why that many. */
export const LIMIT_RULES = {
  sign_in_failures_per_address: { tries: 30, windowSeconds: 300, reason: 'an office behind one address mistypes; a stuffing run does not fit' },
  sign_in_failures_per_account: { tries: 10, windowSeconds: 900, reason: 'NIST SP 800-63B-4 allows 100 in all; ten in a row is no typo' },
  passkey_ceremonies_per_address: { tries: 60, windowSeconds: 60, reason: 'an office behind one address opens the sign-in page; each page asks once' },
  sign_ups_per_address: { tries: 30, windowSeconds: 3_600, reason: 'a class room signs up together; a robot makes more' },
  recoveries_per_address: { tries: 30, windowSeconds: 3_600, reason: 'mail bombing through us' },
  codes_per_recipient: { tries: 6, windowSeconds: 3_600, reason: 'nobody asks for more mails, and it caps guessing across codes' },
  proven_codes_per_account: {
    tries: 6,
    windowSeconds: 3_600,
    reason: 'codes for who passed the first proof or is signed in: counted apart, so that no stranger uses them up; each session, and each device the account knows, counts for itself',
  },
  resends_per_address: { tries: 30, windowSeconds: 3_600, reason: 'mail bombing through us' },
  code_failures_per_address: { tries: 30, windowSeconds: 600, reason: 'guessing across many codes' },
  second_factor_failures_per_account: { tries: 10, windowSeconds: 3_600, reason: 'of a million codes three are right at a time for each app: with one app a guess hits once in 1,400 days at this rate' },
  messages_per_recipient: { tries: 5, windowSeconds: 3_600, reason: 'nobody asks for more messages; the settings may say otherwise (`messaging.limits`)' },
  messages_per_country: { tries: 100, windowSeconds: 3_600, reason: 'bounds what SMS pumping can cost; the settings may say otherwise (`messaging.limits`); the share of `proven_messages_per_country` is of these' },
  proven_messages_per_account: { tries: 5, windowSeconds: 3_600, reason: 'as `proven_codes_per_account`, of messages; as many as `messages_per_recipient`' },
  proven_messages_per_country: { tries: 20, windowSeconds: 3_600, reason: 'a fifth of `messages_per_country`, kept for who passed the first proof or is signed in: strangers cannot use it up' },
  taken_values_per_account: { tries: 20, windowSeconds: 3_600, reason: 'whoever looks for a free username finds one; each that is taken tells that somebody has it, and so does a unique attribute' },
  taken_values_per_address: { tries: 60, windowSeconds: 3_600, reason: 'the same over many accounts; an office behind one address still finds its names' },
  parked_requests_per_address: { tries: 300, windowSeconds: 600, reason: 'authorization requests that wait for a sign-in or a consent, and those of public clients that are pushed or come from a device: each is kept for minutes; an office behind one address opens its applications in the morning' },
  device_code_failures_per_account: { tries: 10, windowSeconds: 900, reason: 'of 25,600,000,000 codes a few are right at a time: ten wrong ones are no typo' },
  device_code_failures_per_address: { tries: 30, windowSeconds: 900, reason: 'the same over many accounts; an office behind one address still connects its devices' },
  device_polls: { tries: 1, windowSeconds: 4, reason: 'RFC 8628 section 3.5: whoever polls sooner than the interval of five seconds hears slow_down; a second is the network\'s' },
  refresh_failures_per_address: { tries: 60, windowSeconds: 60, reason: 'a stale browser retries; guessing 256 bits is hopeless, scanning is not welcome' },
  client_registrations_per_address: { tries: 20, windowSeconds: 3_600, reason: 'one application registers once; what a right initial access token lets in is not counted' },
  client_documents_per_host: { tries: 60, windowSeconds: 60, reason: 'a document is kept for minutes; nobody makes this server ask a host again and again for what is not there' },
  admin_link_failures_per_address: { tries: 10, windowSeconds: 600, reason: 'a 256-bit secret needs no guesses' },
} as const satisfies Record<string, LimitRule>

export interface LimitRule {
  readonly tries: number
  readonly windowSeconds: number
  readonly reason: string
}

export type LimitName = keyof typeof LIMIT_RULES
