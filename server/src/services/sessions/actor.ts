import type { Requester } from '../../domain/requester.ts'
import type { SignedIn } from './session-types.ts'

/** Who acts, from where. */
export interface Actor extends SignedIn {
  readonly requester: Requester
}

/** Of a request to what is for people who are signed in: the door let nobody else pass. */
export function actorOf({ caller, requester }: { readonly caller: SignedIn | undefined; readonly requester: Requester }): Actor {
  return { ...caller!, requester }
}
