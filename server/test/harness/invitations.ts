import { newAddress } from './people.ts'
import type { TestServer } from './server.ts'

/** Invites somebody; the secret in the link that was mailed to them. */
export async function invite(server: TestServer, given: { email?: string; days?: number; role?: string } = {}): Promise<{ email: string; secret: string }> {
  const { email = newAddress('invited'), ...more } = given
  const invited = await server.app.invitations.invite({ email, ...more })
  if (!invited.ok) throw new Error(`the invitation was refused: ${invited.failure}`)
  return { email, secret: await secretFor(server, email) }
}

/** The secret in the newest invitation to the address. */
export async function secretFor(server: TestServer, email: string): Promise<string> {
  const secret = /\/auth\/signup\?invitation=([\w-]{43})(?![\w-])/.exec((await server.mailTo(email))?.text ?? '')?.[1]
  if (secret === undefined) throw new Error(`no invitation was mailed to ${email}`)
  return secret
}
