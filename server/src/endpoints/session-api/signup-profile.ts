import type { z } from 'zod'
import type { Refusal } from '../../http/error-codes.ts'
import type { FlowInput } from '../../services/flows/index.ts'
import { type AttributeChanges, refuseAttributes, toAttributeValues } from './profile-shapes.ts'
import type { SessionApiDeps } from './route.ts'

type Given = z.infer<typeof AttributeChanges> | undefined

const askedBy = async ({ settings }: SessionApiDeps) => (await settings.policy()).profile.requiredAtSignup

/** What a sign-up in one request tells about the person; asked, and so refused when it is missing, only where the settings want it. */
export async function profileInput(deps: SessionApiDeps, given: Given): Promise<FlowInput[]> {
  return (await askedBy(deps)).length === 0 ? [] : [{ input: 'profile', values: toAttributeValues(given) }]
}

/** A profile where nothing is asked would be thrown away: refused before a code is sent. */
export async function refuseUnaskedProfile(deps: SessionApiDeps, given: Given): Promise<Refusal | undefined> {
  const isTaken = given === undefined || (await askedBy(deps)).length > 0
  return isTaken ? undefined : refuseAttributes(given.map(({ name }) => ({ name, problem: 'not_writable' })), 'profile')
}
