import { callApi, type ApiCaller } from './call-api.ts'
import type { AuthenticationFlow, AuthenticationFlowStart } from './contract-types.ts'
import { toFlowState, type AnyFlowStep, type FlowInput, type FlowState, type FlowType, type InputFor } from './flow-state.ts'
import { GatepostError } from './gatepost-error.ts'

export interface FlowStartOptions {
  /** Default `default`. */
  readonly name?: AuthenticationFlowStart['name']
  /** Taken in order, up to the first that is refused. */
  readonly batchInput?: readonly [FlowInput, ...FlowInput[]]
  /** The request that a custom sign-in screen was opened with (`createCustomScreen`). */
  readonly request?: string
  /** A path of this origin, which comes back at the end. */
  readonly returnTo?: string
  /** Whether this page can show `select_oob_otp_channels_data`. Default false: the first channel is taken where none is named. */
  readonly channelChoice?: boolean
  /** Whether this page can show `create_passkey_data`: a sign-up or sign-in may then end with it. Default false. */
  readonly passkeySupport?: boolean
}

export interface FlowClient {
  /** Begins a flow; `reauth` is for who is signed in, `promote` for who is anonymously. @throws GatepostError */
  start(type: FlowType, options?: FlowStartOptions): Promise<FlowState>
  /**
   * Answers a step, or this and those to come. The step stays usable: a refused input may be corrected, another option taken.
   * @throws GatepostError, `unauthorized` for a wrong proof, `invalid_request` with `fields` for what can be corrected
   */
  input<Step extends AnyFlowStep>(step: Step, input: InputFor<Step['asks']> | readonly [InputFor<Step['asks']>, ...FlowInput[]]): Promise<FlowState>
  /** Where a step stands now; changes nothing. @throws GatepostError */
  read(step: AnyFlowStep): Promise<FlowState>
}

/** Flows about who is signed in. */
const isOfSession = (flow: FlowType) => flow === 'reauth' || flow === 'promote'

/** The Authentication Flow API for custom sign-in screens: the server says what is asked, the page shows it. */
export function createFlowClient(gatepost: ApiCaller): FlowClient {
  async function call(flow: FlowType, path: string, body: object): Promise<FlowState> {
    const send = () => callApi<AuthenticationFlow>(gatepost, `authentication_flows${path}`, body)
    try {
      return toFlowState(await send())
    } catch (error) {
      // The states of a flow about who is signed in are those of the session, which the server does not know by an access token that expired.
      const isSessionUnknown = isOfSession(flow) && error instanceof GatepostError && error.fields.some(({ code }) => code === 'invalid_state')
      if (!isSessionUnknown || (await gatepost.currentUser()) === null) throw error
      return toFlowState(await send())
    }
  }

  return {
    async start(type, { name = 'default', batchInput, request, returnTo, channelChoice, passkeySupport } = {}) {
      // Refreshes when that is due: in a flow, 401 stands for a wrong proof.
      if (isOfSession(type)) await gatepost.currentUser()
      const body: AuthenticationFlowStart = {
        type,
        name,
        ...(batchInput && { batch_input: batchInput }),
        ...(request !== undefined && { request }),
        ...(returnTo !== undefined && { return_to: returnTo }),
        ...(channelChoice !== undefined && { channel_choice: channelChoice }),
        ...(passkeySupport !== undefined && { passkey_support: passkeySupport }),
      }
      return call(type, '', body)
    },
    input({ flow, stateToken }, input) {
      return call(flow, '/states/input', { state_token: stateToken, ...(Array.isArray(input) ? { batch_input: input } : { input }) })
    },
    read: ({ flow, stateToken }) => call(flow, '/states', { state_token: stateToken }),
  }
}
