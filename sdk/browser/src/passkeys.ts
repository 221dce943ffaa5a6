import { cancelled, createCredential, currentAuthenticators, getCredential, type Authenticators } from './authenticators.ts'
import { callApi, type ApiCaller } from './call-api.ts'
import type { Passkey, PasskeyCreation, PasskeyRequest } from './contract-types.ts'
import type { FlowInput, FlowStep } from './flow-state.ts'
import { GatepostError } from './gatepost-error.ts'

type PasskeyIdentification = Extract<FlowInput, { readonly identification: 'passkey' }>
type PasskeyProof = Extract<FlowInput, { readonly assertion_response: unknown; readonly authentication: unknown }>
type NewPasskey = Extract<FlowInput, { readonly creation_response: unknown }>
type AssertionResponse = PasskeyIdentification['assertion_response']

export interface SignInWithPasskeyOptions {
  /** Waits until the person picks a passkey in a field with `autocomplete="username webauthn"`; any other ceremony ends the wait. */
  readonly conditional?: boolean
  /** Ends the wait, as when the page shows something else. */
  readonly signal?: AbortSignal
}

/**
 * Each answers when the device and the server have. @throws GatepostError `passkey_cancelled` when the person, or a later ceremony,
 * ended it; `passkey_unsupported` where the browser or device cannot; `unauthorized` when the server does not take the passkey.
 */
export interface Passkeys {
  readonly isSupported: boolean
  /** Whether `conditional` can be asked for. */
  canAutofill(): Promise<boolean>
  /** Signs in, without a name typed. */
  signInWithPasskey(options?: SignInWithPasskeyOptions): Promise<void>
  /** Adds a passkey to the account of who is signed in. @throws GatepostError `recent_authentication_required` as well */
  createPasskey(name: string): Promise<{ readonly id: string; readonly name: string }>
  /** Proves again who is signed in; does nothing while the last proof is recent enough. */
  proveWithPasskey(): Promise<void>
  /** The input for `identification_data` that offers `passkey`. */
  identifyInFlow(options?: SignInWithPasskeyOptions): Promise<PasskeyIdentification>
  /** The input for `authentication_data` that offers a passkey, first factor or second. */
  proveInFlow(step: FlowStep<'authentication_data'>): Promise<PasskeyProof>
  /** The input for `create_passkey_data`. */
  createInFlow(step: FlowStep<'create_passkey_data'>): Promise<NewPasskey>
}

/** A ceremony that waits is begun again when this part of its life is over, so that no pick comes too late. */
const RENEWED_AFTER_PART = 0.8

export function createPasskeys(gatepost: ApiCaller): Passkeys {
  return createPasskeysWith(currentAuthenticators(), gatepost)
}

export function createPasskeysWith(authenticators: Authenticators | undefined, gatepost: ApiCaller): Passkeys {
  /** Browsers hold one ceremony at a time, and one that waits for autofill would keep a person's button from working. */
  let waiting: AbortController | undefined

  function beginTurn({ conditional = false, signal }: SignInWithPasskeyOptions): AbortSignal {
    waiting?.abort()
    const turn = new AbortController()
    waiting = conditional ? turn : undefined
    if (signal?.aborted) turn.abort()
    signal?.addEventListener('abort', () => turn.abort(), { once: true })
    return turn.signal
  }

  async function assert(begin: () => Promise<PasskeyRequest>, options: SignInWithPasskeyOptions = {}): Promise<AssertionResponse> {
    const turn = beginTurn(options)
    for (;;) {
      const { ceremony, public_key: publicKey } = await begin()
      if (turn.aborted) throw cancelled(turn.reason)
      const round = new AbortController()
      const endRound = () => round.abort()
      turn.addEventListener('abort', endRound)
      const renewal = options.conditional ? setTimeout(endRound, publicKey.timeout * RENEWED_AFTER_PART) : undefined
      try {
        return { ceremony, credential: await getCredential(authenticators, publicKey, { isConditional: options.conditional === true, signal: round.signal }) }
      } catch (error) {
        if (turn.aborted || !round.signal.aborted) throw error
      } finally {
        clearTimeout(renewal)
        turn.removeEventListener('abort', endRound)
      }
    }
  }

  async function create({ ceremony, public_key: publicKey }: PasskeyCreation): Promise<NewPasskey['creation_response']> {
    beginTurn({})
    return { ceremony, credential: await createCredential(authenticators, publicKey) }
  }

  const beginSignIn = () => callApi<PasskeyRequest>(gatepost, 'login/passkey/options')
  const beginReauthentication = () => callApi<PasskeyRequest>(gatepost, 'reauthenticate/passkey/options')

  async function openChallenge(): Promise<string | undefined> {
    try {
      await callApi(gatepost, 'reauthenticate/check')
      return undefined
    } catch (error) {
      const challenge = error instanceof GatepostError ? error.details.authentication_challenge : undefined
      if (challenge === undefined) throw error
      return challenge.id
    }
  }

  return {
    isSupported: authenticators !== undefined,
    canAutofill: async () => (await authenticators?.PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false,

    async signInWithPasskey(options) {
      await callApi(gatepost, 'login/passkey', await assert(beginSignIn, options))
    },
    async createPasskey(name) {
      const begun = await callApi<PasskeyCreation>(gatepost, 'account/passkey/options')
      const made = await callApi<Passkey>(gatepost, 'account/passkeys', { ...(await create(begun)), name })
      return { id: made.id, name: made.name }
    },
    async proveWithPasskey() {
      const challengeId = await openChallenge()
      if (challengeId === undefined) return
      await callApi(gatepost, 'reauthenticate/passkey', { ...(await assert(beginReauthentication)), authentication_challenge_id: challengeId })
    },

    async identifyInFlow(options) {
      return { identification: 'passkey', assertion_response: await assert(beginSignIn, options) }
    },
    async proveInFlow({ flow, action }) {
      // A second factor's challenge belongs to the flow and comes with its step.
      const inStep = action.data.options.find((option) => option.authentication === 'secondary_passkey')?.request_options
      if (inStep !== undefined) return { authentication: 'secondary_passkey', assertion_response: await assert(async () => inStep) }
      return { authentication: 'primary_passkey', assertion_response: await assert(flow === 'reauth' ? beginReauthentication : beginSignIn) }
    },
    createInFlow: async ({ action }) => ({ creation_response: await create(action.data.creation_options) }),
  }
}
