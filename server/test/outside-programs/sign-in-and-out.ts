import { expect } from 'vitest'
import type { Person } from '../harness/people.ts'
import { signUp } from '../harness/people.ts'
import type { ListeningGatepost } from './gatepost.ts'
import type { ShownPage, Visitor } from './visitor.ts'
import { createVisitor } from './visitor.ts'

export interface RelyingPartyUnderTest {
  /** For signed-in people alone. */
  readonly page: string
  /** What the page says to this person. */
  shows(person: Person): string
  signOut(visitor: Visitor): Promise<ShownPage>
  /** Where signing out leads to. */
  readonly goodbye: string
  /** Leads from where a stranger is held up to Gatepost, where the page does not do so itself. */
  proceed?(visitor: Visitor, refused: ShownPage): Promise<ShownPage>
}

/** A stranger is sent to Gatepost's sign-in page, signs in, sees the page, signs out everywhere, and is a stranger again. */
export async function expectSignInAndOut(gatepost: ListeningGatepost, application: RelyingPartyUnderTest, said: () => Promise<string> = async () => ''): Promise<void> {
  const person = await signUp(gatepost.server)
  const visitor = createVisitor()
  const open = async () => {
    const page = await visitor.open(application.page)
    return application.proceed === undefined || page.body === application.shows(person) ? page : application.proceed(visitor, page)
  }
  const asked = await open()
  expect([asked.url.origin, asked.url.pathname], `${await said()}${asked.body}`).toEqual([new URL(gatepost.issuer).origin, '/auth/login'])
  const shown = await visitor.signIn(asked, person)
  expect([shown.status, shown.body], await said()).toEqual([200, application.shows(person)])
  expect((await open()).body).toBe(application.shows(person))

  const goodbye = await application.signOut(visitor)
  expect(goodbye.url.href, `${await said()}${goodbye.body}`).toBe(application.goodbye)
  // At Gatepost's page again, and not merely at the application's: the session has ended there too.
  expect((await open()).url.pathname).toBe('/auth/login')
}
