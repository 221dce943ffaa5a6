/** Who acts (RFC 8693 section 4.1); whoever acted before is inside. */
export interface Actor {
  readonly sub: string
  readonly client_id?: string
  readonly act?: Actor
}

/** The library asks for further claims with the token alone: here they wait for it. */
const actors = new WeakMap<object, Actor>()

/** Says who acts by means of the token. */
export function setActor(token: object, actor: Actor): void {
  actors.set(token, actor)
}

/** The claim `act` of a token that has one. */
export function actClaim(token: object): { act: Actor } | undefined {
  const act = actors.get(token)
  return act && { act }
}

/** How many acted, one after the other. */
export function countActors(actor: Actor | undefined): number {
  return actor === undefined ? 0 : 1 + countActors(actor.act)
}
