import type { Authenticators } from '../src/authenticators.ts'

const bytes = (text: string) => new TextEncoder().encode(text).buffer
const CREDENTIAL = {
  id: 'Y3JlZA',
  rawId: bytes('cred'),
  type: 'public-key',
  authenticatorAttachment: 'platform',
  getClientExtensionResults: () => ({}),
  response: { clientDataJSON: bytes('client'), authenticatorData: bytes('data'), signature: bytes('signed'), userHandle: null },
}

export interface SimulatedAuthenticators extends Authenticators {
  /** What each ceremony was asked with. */
  readonly asked: (CredentialRequestOptions & CredentialCreationOptions)[]
  /** How ceremonies end from now on; `wait` ends by being aborted. */
  will(outcome: 'answer' | 'wait' | { readonly fail: string }): void
}

/** A browser without the JSON functions of WebAuthn Level 3, whose credentials have no `toJSON`. */
export function createAuthenticators(): SimulatedAuthenticators {
  const asked: SimulatedAuthenticators['asked'] = []
  let next: Parameters<SimulatedAuthenticators['will']>[0] = 'answer'

  function answer(options: CredentialRequestOptions & CredentialCreationOptions = {}): Promise<Credential> {
    asked.push(options)
    const isWaiting = next === 'wait' || options.mediation === 'conditional'
    if (isWaiting) {
      return new Promise((_resolve, reject) => {
        options.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      })
    }
    if (typeof next === 'object') return Promise.reject(new DOMException('no', next.fail))
    return Promise.resolve(CREDENTIAL as unknown as Credential)
  }

  return { asked, will: (outcome) => (next = outcome), credentials: { get: answer, create: answer }, PublicKeyCredential: {} }
}
