import { ADMIN_ROLE } from '../domain/roles.ts'
import type { InvitationFailure } from '../services/invitations/index.ts'
import { INVITATION_MAX_TTL_DAYS } from '../services/invitations/index.ts'
import type { Command } from './command.ts'
import { InputProblem, readOptions, refuseArguments, withApp } from './command.ts'

const LISTED = 100

const TEXT: Record<InvitationFailure, string> = {
  invalid_email: 'is no address that an account can have',
  has_account: 'has an account already: they can sign in',
  signup_closed: 'cannot be invited while the settings have `signup.mode: closed`',
  not_invited: 'has no open invitation',
}

/** `gatepost users invite`: mails a link; the secret in it is shown to nobody else. */
export const invite: Command = async (args) => {
  const { email, expires, role } = readOptions(args, ['email', 'expires', 'role'])
  if (!email) throw new InputProblem([`usage: gatepost users invite --email you@example.com [--expires DAYS] [--role ${ADMIN_ROLE}]`])
  const days = expires === undefined ? undefined : readDays(expires)
  if (role !== undefined && role !== ADMIN_ROLE) throw new InputProblem([`--role must be ${ADMIN_ROLE}: there is no other`])
  return withApp(async ({ invitations }) => {
    const invited = await invitations.invite({ email, ...(days === undefined ? {} : { days }), ...(role === undefined ? {} : { role }) })
    if (!invited.ok) return complain(email, invited.failure)
    console.log(`${email} is invited until ${dayOf(invited.value.expiresAt)}; the link is on its way by mail`)
    return 0
  })
}

/** `gatepost users uninvite` */
export const uninvite: Command = async (args) => {
  const { email } = readOptions(args, ['email'])
  if (!email) throw new InputProblem(['usage: gatepost users uninvite --email you@example.com'])
  return withApp(async ({ invitations }) => {
    const revoked = await invitations.revoke(email)
    if (!revoked.ok) return complain(email, revoked.failure)
    console.log(`${email} is invited no more`)
    return 0
  })
}

/** `gatepost users invitations` */
export const listInvitations: Command = async (args) => {
  refuseArguments(args)
  return withApp(async ({ invitations }) => {
    const listed = await invitations.list({ limit: LISTED })
    for (const { state, email, role, expiresAt } of listed) console.log(`${state.padEnd(8)}  until ${dayOf(expiresAt)}  ${email}${role === null ? '' : `  as ${role}`}`)
    if (listed.length === 0) console.log('nobody is invited')
    if (listed.length === LISTED) console.log(`these are the newest ${LISTED}`)
    return 0
  })
}

function readDays(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (days < 1 || days > INVITATION_MAX_TTL_DAYS) throw new InputProblem([`--expires must be a number of days from 1 to ${INVITATION_MAX_TTL_DAYS}`])
  return days
}

function complain(email: string, failure: InvitationFailure): number {
  console.error(`gatepost: ${email} ${TEXT[failure]}`)
  return 1
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
