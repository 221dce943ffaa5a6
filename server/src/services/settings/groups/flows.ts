import { z } from 'zod'
import type { DeclaredFlow, Definition, Policy } from '../../../flow/index.ts'
import { checkDeclaredFlow, DECLARED_STEPS, defineFlow, isGeneratedName } from '../../../flow/index.ts'
import { sha256 } from '../../../platform/digest.ts'

const MAX_FLOWS = 50
const MAX_STEPS = 20
const BRANCHES = [
  'email',
  'username',
  'phone',
  'passkey',
  'primary_password',
  'primary_oob_otp_email',
  'primary_oob_otp_sms',
  'primary_passkey',
  'secondary_totp',
  'secondary_oob_otp_email',
  'secondary_oob_otp_sms',
  'secondary_passkey',
  'recovery_code',
] as const

const FlowStep = z.strictObject({
  type: z.enum(DECLARED_STEPS).meta({ description: 'A second `authenticate` is the second factor.' }),
  one_of: z
    .array(z.enum(BRANCHES))
    .min(1, 'must name at least one')
    .refine((list) => new Set(list).size === list.length, 'names one twice')
    .optional()
    .meta({ description: 'What the step offers, in order of preference, of what the settings allow; all of it when absent.' }),
  required: z.boolean().optional().meta({ description: 'For the second factor: whoever has none sets one up, even where `second_factor.mode` is optional.' }),
})

const Flow = z.strictObject({
  type: z.enum(['signup', 'login', 'promote', 'reauth', 'account_recovery']),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must begin with a letter and have lower-case letters, digits and _ only, 40 at most')
    .refine((name) => !isGeneratedName(name), 'is a name of what is generated'),
  steps: z.array(FlowStep).min(1).max(MAX_STEPS),
})

/** Flows beside those that follow from the other settings: docs/flows.md. */
export const FlowsSettings = z
  .array(Flow)
  .max(MAX_FLOWS)
  .default([])
  .meta({
    description:
      'Flows beside the generated ones, each with a `type`, a `name` and its `steps` in order: docs/flows.md. They narrow what is offered and add to what is demanded; a flow that would protect an account less than the generated one is refused.',
  })

/** Every problem of every flow beside the rest of the settings, as zod reports them. */
export function checkFlows(flows: z.infer<typeof FlowsSettings>, policy: Policy): { path: (string | number)[]; message: string }[] {
  return flows.flatMap((flow, index) => {
    const isSecond = flows.findIndex(({ type, name }) => type === flow.type && name === flow.name) < index
    const twice = isSecond ? [{ path: ['name'], message: `there is another ${flow.type} flow of this name` }] : []
    return [...twice, ...checkDeclaredFlow(declaredFlow(flow), policy)].map(({ path, message }) => ({ path: ['flows', index, ...path], message }))
  })
}

/** Flows that were checked, for the engine. */
export function definitionsOf(flows: z.infer<typeof FlowsSettings>): Definition[] {
  return flows.map((flow) => defineFlow(declaredFlow(flow), sha256(JSON.stringify(flow))))
}

function declaredFlow({ type, name, steps }: z.infer<typeof Flow>): DeclaredFlow {
  return {
    type,
    name,
    steps: steps.map((step) => ({
      type: step.type,
      ...(step.one_of ? { oneOf: step.one_of } : {}),
      ...(step.required === undefined ? {} : { isRequired: step.required }),
    })),
  }
}
