import type { SignedIn } from './sign-in/signed-in.ts'

/** Beside the request instead of on it, as with identities. */
const people = new WeakMap<object, SignedIn>()

export function attachPerson(request: object, person: SignedIn): void {
  people.set(request, person)
}

/**
 * Who signed in, on a route behind `requireSignIn`.
 * @throws Error when no guard admitted the request: the route is not protected.
 */
export function getPerson(request: object): SignedIn {
  const person = people.get(request)
  if (person === undefined) throw new Error('nobody is signed in: put requireSignIn in front of this route')
  return person
}
