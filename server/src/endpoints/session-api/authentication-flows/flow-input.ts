import { z } from 'zod'
import { MESSAGE_CHANNELS } from '../../../domain/message.ts'
import type { FlowInput } from '../../../services/flows/index.ts'
import { channelName } from '../phone-answers.ts'
import { AttributeChanges, toAttributeValues } from '../profile-shapes.ts'
import { codeText, identifierText, passwordText } from '../shapes.ts'

const trust = { request_device_token: z.boolean().optional() }
/** The secret in the link of an invitation. */
export const invitationText = z.string().min(1).max(100)
const loginId = { login_id: identifierText }
const assertion = z.strictObject({ ceremony: z.string().min(1).max(2_048), credential: z.record(z.string(), z.unknown()) })

/** One input of a flow: exactly one of the shapes, which the options of the step name. */
export const FlowInputBody = z
  .union([
    z.strictObject({ identification: z.literal('email'), ...loginId }),
    z.strictObject({ identification: z.literal('username'), ...loginId }),
    z.strictObject({ identification: z.literal('phone'), ...loginId }),
    z.strictObject({ invitation: invitationText }),
    z.strictObject({ identification: z.literal('passkey'), assertion_response: assertion }),
    z.strictObject({ authentication: z.literal('primary_password'), password: passwordText }),
    z.strictObject({ authentication: z.literal('primary_password'), new_password: passwordText }),
    z.strictObject({ authentication: z.enum(['primary_oob_otp_email', 'secondary_oob_otp_email']) }),
    z.strictObject({ authentication: z.enum(['primary_oob_otp_sms', 'secondary_oob_otp_sms']), channel: channelName.optional() }),
    z.strictObject({ channel: z.enum(['email', ...MESSAGE_CHANNELS]) }),
    z.strictObject({ account_recovery_destination: z.enum(['email', 'phone']), channel: channelName.optional() }),
    z.strictObject({ authentication: z.literal('primary_passkey'), assertion_response: assertion }),
    z.strictObject({ authentication: z.literal('secondary_totp'), code: codeText, ...trust }),
    z.strictObject({ authentication: z.literal('secondary_passkey'), assertion_response: assertion }),
    z.strictObject({ authentication: z.literal('recovery_code'), recovery_code: z.string().min(1).max(40), ...trust }),
    z.strictObject({ code: codeText, ...trust }),
    z.strictObject({ account_recovery_code: codeText }),
    z.strictObject({ resend: z.literal(true), channel: channelName.optional() }),
    z.strictObject({ check: z.literal(true), ...trust }),
    z.strictObject({ creation_response: assertion }),
    z.strictObject({ skip: z.literal(true) }),
    z.strictObject({ new_password: passwordText }),
    z.strictObject({ confirm_terminate_other_sessions: z.literal(true) }),
    z.strictObject({ confirm_recovery_code: z.literal(true) }),
    z.strictObject({ attributes: AttributeChanges }),
    z.strictObject({ cancel_account_deletion: z.literal(true) }),
  ])
  .meta({ id: 'AuthenticationFlowInput' })

/** `binding` is that of the browser, for passkeys. */
export function toFlowInput(body: z.infer<typeof FlowInputBody>, binding: string): FlowInput {
  if ('assertion_response' in body) return { input: 'passkey', ...body.assertion_response, binding }
  if ('login_id' in body) return { input: 'identify', identifier: body.login_id }
  if ('password' in body) return { input: 'password', password: body.password }
  if ('new_password' in body) return { input: 'new_password', password: body.new_password }
  if ('invitation' in body) return { input: 'invitation', secret: body.invitation }
  if ('confirm_terminate_other_sessions' in body) return { input: 'confirm_ending' }
  if ('confirm_recovery_code' in body) return { input: 'recovery_codes_kept' }
  if ('cancel_account_deletion' in body) return { input: 'cancel_deletion' }
  if ('resend' in body) return { input: 'resend', channel: body.channel }
  if ('account_recovery_destination' in body) return { input: 'destination', destination: body.account_recovery_destination, channel: body.channel }
  if ('channel' in body && !('authentication' in body)) return { input: 'channel', channel: body.channel }
  if ('attributes' in body) return { input: 'profile', values: toAttributeValues(body.attributes) }
  if ('check' in body) return { input: 'check', trustsDevice: body.request_device_token ?? false }
  if ('skip' in body) return { input: 'skip' }
  if ('creation_response' in body) return { input: 'create_passkey', ...body.creation_response }
  if ('account_recovery_code' in body) return { input: 'code', code: body.account_recovery_code }
  if ('recovery_code' in body) return { input: 'recovery_code', code: body.recovery_code, trustsDevice: body.request_device_token ?? false }
  if ('authentication' in body) {
    if (body.authentication === 'secondary_totp') return { input: 'totp', code: body.code, trustsDevice: body.request_device_token ?? false }
    return { input: 'choose', authentication: body.authentication, channel: 'channel' in body ? body.channel : undefined }
  }
  return { input: 'code', code: body.code, trustsDevice: body.request_device_token ?? false }
}
