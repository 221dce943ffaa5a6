import { z } from 'zod'
import { MESSAGE_CHANNELS } from '../../../domain/message.ts'
import type { Authentication, CodeChannel, RecoveryDestination, EmailCodeForm, Screen, SecondaryAuthentication } from '../../../flow/index.ts'
import { totpUri } from '../../../protocols/totp.ts'
import { ONE_TIME_CODE_DIGITS } from '../../../services/codes/index.ts'
import { PasswordPolicy, toPasswordPolicy } from '../password-policy.ts'
import { AskedAttribute, toAskedAttribute } from '../profile-shapes.ts'
import type { SessionApiDeps } from '../route.ts'
import { toEndingSession } from '../session-limit-answers.ts'
import { iso, SessionsToEnd } from '../shapes.ts'

const IDENTIFICATIONS = z.enum(['email', 'username', 'phone', 'passkey', 'invitation'])
import type { FlowCeremony } from '../../../services/flows/index.ts'
import { CreationCeremony, RequestCeremony, toCeremony } from '../passkey-shapes.ts'

const CHANNELS = z.enum(['email', ...MESSAGE_CHANNELS])
const AUTHENTICATIONS = z.enum(['primary_password', 'primary_oob_otp_email', 'primary_oob_otp_sms', 'primary_passkey', 'secondary_totp', 'secondary_oob_otp_email', 'secondary_oob_otp_sms', 'secondary_passkey', 'recovery_code'])

/** What a custom screen shows now: the step, what can be chosen, and what it needs to know about it. */
export const FlowAction = z
  .object({
    type: z.enum([
      'identify',
      'authenticate',
      'view_recovery_code',
      'create_authenticator',
      'verify',
      'select_destination',
      'fill_in_user_profile',
      'verify_account_recovery_code',
      'reset_password',
      'check_account_status',
      'change_password',
      'prompt_create_passkey',
      'terminate_other_sessions',
      'finished',
    ]),
    authentication: AUTHENTICATIONS.optional(),
    data: z.discriminatedUnion('type', [
      z.object({ type: z.literal('identification_data'), options: z.array(z.object({ identification: IDENTIFICATIONS })) }),
      z.object({
        type: z.literal('authentication_data'),
        options: z.array(
          z.object({
            authentication: AUTHENTICATIONS,
            otp_form: z.enum(['code', 'link']).optional(),
            channels: z.array(CHANNELS).optional(),
            request_options: RequestCeremony.optional().meta({ description: 'For a passkey that is the second factor: what to ask the authenticator for.' }),
          }),
        ),
        device_token_enabled: z.boolean(),
      }),
      z.object({
        type: z.enum(['verify_oob_otp_data', 'account_recovery_verify_code_data']),
        channel: CHANNELS,
        channels: z.array(CHANNELS).meta({ description: 'What `resend` may name as its channel; more than one is a choice.' }),
        otp_form: z.enum(['code', 'link']).meta({ description: '`link`: the mail has a link and no code to type.' }),
        masked_claim_value: z.string().meta({ description: 'Empty where even a masked address would tell too much.' }),
        code_length: z.int(),
        can_check: z.boolean().meta({ description: 'The mail has a link: `check` goes on once it was approved in another browser, and gives the same state before.' }),
        events_url: z.string().optional().meta({ description: 'With `can_check`: server-sent events; `refresh` says that `check` will go on.' }),
        can_skip: z.boolean().meta({ description: 'Whether `{skip: true}` leaves the code for later.' }),
        can_resend_at: z.iso.datetime().meta({ description: 'Before that a resend is refused.' }),
      }),
      z.object({
        type: z.literal('select_oob_otp_channels_data'),
        channels: z.array(CHANNELS).meta({ description: 'What `channel` may name. `email` where the code could go there in the place of a message.' }),
        masked_claim_value: z.string().meta({ description: 'The telephone; empty where even a masked number would tell too much.' }),
      }),
      z.object({
        type: z.literal('select_destination_data'),
        options: z.array(
          z.object({
            destination: z.enum(['email', 'phone']),
            masked_display_name: z.string().meta({ description: 'Empty where it is not what was typed: the same options for everybody.' }),
            channels: z.array(CHANNELS),
            otp_form: z.enum(['code', 'link']),
          }),
        ),
      }),
      z.object({ type: z.literal('create_authenticator_data'), options: z.array(z.object({ authentication: z.literal('primary_password'), password_policy: PasswordPolicy })) }),
      z.object({ type: z.literal('new_password_data'), password_policy: PasswordPolicy }),
      z.object({ type: z.literal('create_totp_data'), secret: z.string(), otpauth_uri: z.string() }),
      z.object({ type: z.literal('view_recovery_code_data'), recovery_codes: z.array(z.string()).meta({ description: 'Become the account\'s with the finish, and cannot be read again after it.' }) }),
      SessionsToEnd.extend({ type: z.literal('terminate_other_sessions_data') }),
      z.object({ type: z.literal('create_passkey_data'), creation_options: CreationCeremony }),
      z.object({ type: z.literal('account_status_data'), delete_at: z.iso.datetime().meta({ description: 'The account waits for its deletion; `cancel_account_deletion` keeps it.' }) }),
      z.object({ type: z.literal('fill_in_user_profile_data'), attributes: z.array(AskedAttribute) }),
      z.object({ type: z.literal('finished_data'), finish_redirect_uri: z.string(), recovery_codes: z.array(z.string()).optional() }),
    ]),
  })
  .meta({ id: 'AuthenticationFlowAction' })

/** What a screen's rendering needs beside the screen. `canResendAt` in milliseconds UTC. */
interface Beside {
  readonly canResendAt: number
  /** Where a state hears that its link was approved. */
  readonly eventsUrl: string | undefined
  /** What will be mailed to whoever asks for it. */
  readonly mailedForm: EmailCodeForm
  /** What telephones are written to by. */
  readonly channels: readonly CodeChannel[]
  readonly ceremony: Exclude<FlowCeremony, { kind: 'refused' }> | undefined
}

/** How a code is sent, for the options that are one. */
const otpForm = (form: EmailCodeForm): 'code' | 'link' => (form === 'link' ? 'link' : 'code')

function sentBy(authentication: Authentication | SecondaryAuthentication, channels: readonly CodeChannel[], form: EmailCodeForm): { otp_form?: 'code' | 'link'; channels?: CodeChannel[] } {
  if (authentication === 'primary_oob_otp_email' || authentication === 'secondary_oob_otp_email') return { otp_form: otpForm(form), channels: ['email'] }
  if (authentication === 'primary_oob_otp_sms' || authentication === 'secondary_oob_otp_sms') return { otp_form: 'code', channels: [...channels] }
  return {}
}

/** The JSON rendering of a screen in the words of custom sign-in screens. */
export function toFlowAction(deps: SessionApiDeps, screen: Screen, { canResendAt, eventsUrl, mailedForm, ceremony, channels }: Beside): z.infer<typeof FlowAction> {
  switch (screen.screen) {
    case 'identify':
      return { type: 'identify', data: { type: 'identification_data', options: screen.identifications.map((identification) => ({ identification })) } }
    case 'authenticate': {
      const options = screen.authentications.map((authentication) => ({ authentication, ...sentBy(authentication, channels, mailedForm) }))
      return { type: 'authenticate', data: { type: 'authentication_data', options, device_token_enabled: false } }
    }
    case 'authenticate_second_factor': {
      const options = screen.authentications.map((authentication) => ({
        authentication,
        ...sentBy(authentication, channels, mailedForm),
        ...(authentication === 'secondary_passkey' && ceremony?.kind === 'request' ? { request_options: toCeremony(ceremony.begun) as z.infer<typeof RequestCeremony> } : {}),
      }))
      return { type: 'authenticate', data: { type: 'authentication_data', options, device_token_enabled: screen.trustDays > 0 } }
    }
    case 'enter_one_time_code':
      return codeAction(screen, canResendAt, eventsUrl)
    case 'select_channel':
      return { ...ofCode(screen), data: { type: 'select_oob_otp_channels_data', channels: [...screen.channels], masked_claim_value: screen.maskedDestination } }
    case 'select_destination': {
      const channelsTo = (destination: RecoveryDestination): CodeChannel[] => (destination === 'email' ? ['email'] : [...screen.channels])
      const options = screen.destinations.map(({ destination, masked }) => ({ destination, masked_display_name: masked, channels: channelsTo(destination), otp_form: destination === 'email' ? otpForm(mailedForm) : ('code' as const) }))
      return { type: 'select_destination', data: { type: 'select_destination_data', options } }
    }
    case 'prompt_create_passkey':
      if (ceremony?.kind !== 'creation') throw new Error('a passkey was to be offered without its options')
      return { type: 'prompt_create_passkey', data: { type: 'create_passkey_data', creation_options: toCeremony(ceremony.begun) as z.infer<typeof CreationCeremony> } }
    case 'new_password':
      if (screen.flow === 'account_recovery') return { type: 'reset_password', data: { type: 'new_password_data', password_policy: toPasswordPolicy(screen.passwordRules) } }
      return { type: 'create_authenticator', data: { type: 'create_authenticator_data', options: [{ authentication: 'primary_password', password_policy: toPasswordPolicy(screen.passwordRules) }] } }
    case 'change_password':
      return { type: 'change_password', data: { type: 'new_password_data', password_policy: toPasswordPolicy(screen.passwordRules) } }
    case 'view_recovery_code':
      return { type: 'view_recovery_code', data: { type: 'view_recovery_code_data', recovery_codes: [...screen.recoveryCodes] } }
    case 'terminate_other_sessions':
      return { type: 'terminate_other_sessions', data: { type: 'terminate_other_sessions_data', count: screen.count, sessions: screen.sessions.map(toEndingSession) } }
    case 'fill_in_user_profile':
      return { type: 'fill_in_user_profile', data: { type: 'fill_in_user_profile_data', attributes: screen.attributes.map(toAskedAttribute) } }
    case 'account_deletion_scheduled':
      return { type: 'check_account_status', data: { type: 'account_status_data', delete_at: iso(screen.deleteAt) } }
    case 'set_up_totp': {
      const uri = totpUri(screen.key, { issuer: deps.brandName, account: screen.displayIdentifier })
      return { type: 'create_authenticator', authentication: 'secondary_totp', data: { type: 'create_totp_data', secret: screen.key, otpauth_uri: uri } }
    }
  }
}

function codeAction(screen: Extract<Screen, { screen: 'enter_one_time_code' }>, canResendAt: number, eventsUrl: string | undefined): z.infer<typeof FlowAction> {
  const facts = {
    channel: screen.channel,
    channels: [screen.channel, ...screen.otherChannels] as CodeChannel[],
    otp_form: otpForm(screen.form),
    can_check: screen.form !== 'code',
    ...(eventsUrl === undefined ? {} : { events_url: eventsUrl }),
    masked_claim_value: screen.maskedDestination,
    code_length: ONE_TIME_CODE_DIGITS,
    can_skip: screen.isOptional,
    can_resend_at: iso(canResendAt),
  }
  return { ...ofCode(screen), data: { type: screen.flow === 'account_recovery' ? 'account_recovery_verify_code_data' : 'verify_oob_otp_data', ...facts } }
}

/** The step that a code belongs to, and which proof it is. */
function ofCode({ screen, flow, authentication }: Extract<Screen, { screen: 'enter_one_time_code' | 'select_channel' }>): Pick<z.infer<typeof FlowAction>, 'type' | 'authentication'> {
  switch (flow) {
    case 'account_recovery':
      return { type: screen === 'select_channel' ? 'select_destination' : 'verify_account_recovery_code' }
    case 'signup':
    case 'promote':
      return { type: 'verify' }
    case 'login':
    case 'signup_login':
    case 'reauth':
      return { type: 'authenticate', authentication: authentication ?? 'primary_oob_otp_email' }
  }
}
