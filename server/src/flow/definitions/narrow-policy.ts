import type { Policy } from '../policy.ts'
import { makesAccount } from '../state.ts'
import type { SecondaryAuthentication } from '../state.ts'
import type { StepType } from '../steps/step-type.ts'
import type { Branch, Definition } from './definition.ts'

/**
 * The rules of a tenant as one flow follows them: fewer choices and more demands, never the other way round. Whatever the
 * declaration says, nothing comes out that policy did not hold.
 */
export function narrowPolicy(policy: Policy, definition: Definition): Policy {
  const stepOf = (type: StepType) => definition.steps.find((one) => one.type === type)
  const verify = stepOf('verify')
  const isByLogin = definition.type === 'login' || definition.type === 'reauth'
  const { login, secondFactor, session, signup } = policy
  const factorStep = stepOf('second_factor')
  const isFactorRequired = factorStep?.isRequired === true && secondFactor.mode !== 'off'
  return {
    ...policy,
    signup: {
      ...signup,
      ...(verify && verify.onlyFor === undefined && verify.isOptional !== true ? { verification: 'required' as const } : {}),
      ...(makesAccount(definition.type) && signup.identifications ? { identifications: keep(signup.identifications, stepOf('identify')?.oneOf) } : {}),
    },
    login: isByLogin
      ? { ...login, identifications: keep(login.identifications, stepOf('identify')?.oneOf), authentications: keep(login.authentications, stepOf('authenticate')?.oneOf) }
      : login,
    secondFactor: {
      ...secondFactor,
      ...(isFactorRequired ? { mode: 'required' as const, graceUntil: null } : {}),
      ...(factorStep?.oneOf ? { offered: keep<SecondaryAuthentication>(secondFactor.authentications, factorStep.oneOf) } : {}),
    },
    session: stepOf('terminate_other_sessions') && session.whenFull === 'end_oldest' ? { ...session, whenFull: 'ask' } : session,
  }
}

/** In the order of the flow. */
function keep<Kind extends Branch>(allowed: readonly Kind[], oneOf: readonly Branch[] | undefined): readonly Kind[] {
  return oneOf === undefined ? allowed : oneOf.flatMap((one) => allowed.filter((other) => other === one))
}
