import type { Client } from '../../domain/client.ts'
import type { SignedIn } from './session-types.ts'

/** Who acts, from where. */
export interface Actor extends SignedIn {
  readonly client: Client
}

/** Of a request to what is for people who are signed in: the door let nobody else pass. */
export function actorOf({ caller, client }: { readonly caller: SignedIn | undefined; readonly client: Client }): Actor {
  return { ...caller!, client }
}
