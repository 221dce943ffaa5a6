import type { AuthenticationFlow, AuthenticationFlowInput } from './contract-types.ts'
import { GatepostError } from './gatepost-error.ts'

type Action = AuthenticationFlow['action']
type Data = Action['data']
type DataType = Data['type']
type DataOf<Asked extends DataType, Each extends Data = Data> = Each extends Data ? (Asked extends Each['type'] ? Each & { readonly type: Asked } : never) : never

export type FlowType = AuthenticationFlow['type']
export type FlowInput = AuthenticationFlowInput

type InputWith<Field extends string> = Extract<FlowInput, Readonly<Record<Field, unknown>>>
type InputOfOnly<Field extends string> = Exclude<InputWith<Field>, Readonly<Record<'authentication', unknown>>>
type ProofInput = Exclude<InputWith<'authentication'>, Readonly<Record<'new_password', unknown>>>

/** What an action takes, by what it asks. */
interface InputsByData {
  identification_data: InputWith<'identification'> | InputWith<'invitation'>
  authentication_data: ProofInput
  /** Another proof may be chosen in place of the code. */
  verify_oob_otp_data: InputOfOnly<'code'> | InputWith<'resend'> | ProofInput
  select_oob_otp_channels_data: InputOfOnly<'channel'> | ProofInput
  account_recovery_verify_code_data: InputWith<'account_recovery_code'> | InputWith<'resend'>
  create_authenticator_data: Extract<InputWith<'new_password'>, Readonly<Record<'authentication', unknown>>>
  new_password_data: InputOfOnly<'new_password'>
  create_totp_data: Extract<FlowInput, { readonly authentication: 'secondary_totp' }>
  view_recovery_code_data: InputWith<'confirm_recovery_code'>
  terminate_other_sessions_data: InputWith<'confirm_terminate_other_sessions'>
  create_passkey_data: InputWith<'creation_response'> | InputWith<'skip'>
  account_status_data: InputWith<'cancel_account_deletion'>
}

interface TypesByData {
  identification_data: 'identify'
  authentication_data: 'authenticate'
  verify_oob_otp_data: 'verify' | 'authenticate'
  select_oob_otp_channels_data: 'verify' | 'authenticate' | 'select_destination'
  account_recovery_verify_code_data: 'verify_account_recovery_code'
  create_authenticator_data: 'create_authenticator'
  new_password_data: 'reset_password' | 'change_password'
  create_totp_data: 'create_authenticator'
  view_recovery_code_data: 'view_recovery_code'
  terminate_other_sessions_data: 'terminate_other_sessions'
  create_passkey_data: 'prompt_create_passkey'
  account_status_data: 'check_account_status'
}

export type Asked = Exclude<DataType, 'finished_data'>

/**
 * A step that waits for an input. `asks` is `action.data.type` once more: TypeScript tells the members of a union apart by their own
 * fields alone, and with the member it knows what `input` takes.
 */
export interface FlowStep<What extends Asked = Asked> {
  readonly asks: What
  readonly flow: FlowType
  readonly name: string
  /** Immutable: an earlier one goes back. */
  readonly stateToken: string
  readonly action: Omit<Action, 'type' | 'data'> & {
    /** What the contract adds later has its types until it is listed here. */
    readonly type: What extends keyof TypesByData ? TypesByData[What] : Exclude<Action['type'], 'finished'>
    readonly data: DataOf<What>
  }
}

/** Whoever signed up or in has a session now. */
export interface FinishedFlow {
  readonly asks: 'nothing'
  readonly flow: FlowType
  readonly name: string
  /** Where the person wanted to be: `returnTo`, when that was a path of this origin. */
  readonly finishRedirectUri: string
  /** To be shown this once; empty unless they were made by the finish, after no step could show them. */
  readonly recoveryCodes: readonly string[]
}

export type AnyFlowStep = { [What in Asked]: FlowStep<What> }[Asked]
export type FlowState = AnyFlowStep | FinishedFlow

/** What a step that asks this takes. */
export type InputFor<What extends Asked> = What extends keyof InputsByData ? InputsByData[What] : FlowInput

/** @throws GatepostError `unexpected_answer` for a step without a state token */
export function toFlowState(wire: AuthenticationFlow): FlowState {
  const { type: flow, name, action, state_token: stateToken } = wire
  const { data } = action
  if (data.type === 'finished_data') {
    return { asks: 'nothing', flow, name, finishRedirectUri: data.finish_redirect_uri, recoveryCodes: data.recovery_codes ?? [] }
  }
  if (stateToken === undefined) throw new GatepostError('unexpected_answer', 'The step came without a state token.', { status: 200 })
  return { asks: data.type, flow, name, stateToken, action } as AnyFlowStep
}
