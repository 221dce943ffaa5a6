// No database takes part: a declaration is judged before anything is asked.
import { expect, test } from 'vitest'
import { readDeclared } from '../../src/services/settings/read-declared.ts'
import { EXAMPLE_SETTINGS } from './worked-example.ts'

const problemsOf = (text: string) => {
  const declared = readDeclared(text)
  return declared.ok ? [] : declared.failure
}

const IDENTIFY = '{ type: identify }'
const PASSWORD = '{ type: authenticate, one_of: [primary_password] }'
const STATUS = '{ type: check_account_status }'
const FACTOR = '{ type: authenticate, one_of: [secondary_totp] }'
const CHANGE = '{ type: change_password }'
const TEAM = 'profile: { attributes: [{ name: team, type: string, required_at_signup: true, access: { person: write } }] }'
const WHOLE = [IDENTIFY, PASSWORD, STATUS, FACTOR, CHANGE]

/** Settings with one flow of these steps. */
const declare = (steps: readonly string[], { type = 'login', name = 'staff', beside = '' } = {}) => `${beside}\nflows: [{ type: ${type}, name: ${name}, steps: [${steps.join(', ')}] }]`
const without = (step: string) => WHOLE.filter((one) => one !== step)

test('flows that protect as much as the generated ones are taken', () => {
  const recovery = [IDENTIFY, '{ type: select_destination }', '{ type: verify_account_recovery_code }', '{ type: reset_password }']
  for (const text of [
    EXAMPLE_SETTINGS,
    declare(WHOLE),
    declare([...WHOLE, '{ type: prompt_create_passkey }', '{ type: terminate_other_sessions }']),
    declare([IDENTIFY, '{ type: authenticate, one_of: [primary_passkey] }', STATUS, FACTOR]),
    declare([IDENTIFY, '{ type: authenticate }', STATUS, CHANGE], { beside: 'second_factor: { mode: off }' }),
    declare([IDENTIFY, '{ type: authenticate }', STATUS, '{ type: authenticate }'], { type: 'reauth' }),
    declare([IDENTIFY, '{ type: create_authenticator }', '{ type: verify }'], { type: 'signup' }),
    declare([IDENTIFY, '{ type: create_authenticator }'], { type: 'signup', beside: 'signup: { verification: off }' }),
    declare([IDENTIFY, '{ type: create_authenticator }', '{ type: fill_in_user_profile }', '{ type: verify }'], { type: 'signup', beside: TEAM }),
    declare(recovery, { type: 'account_recovery' }),
  ]) {
    expect([text, problemsOf(text)]).toEqual([text, []])
  }
})

test.each([
  ['a step of another type of flow', declare([...WHOLE, '{ type: verify }']), 'flows.0.steps.5.type: verify is no step of a login flow'],
  ['a step that nothing knows', declare([...WHOLE, '{ type: dance }']), 'flows.0.steps.5.type: '],
  ['a step before what it stands on', declare([PASSWORD, IDENTIFY, STATUS, FACTOR, CHANGE]), 'flows.0.steps.0.type: authenticate must come after identify'],
  ['a status looked at before the proof', declare([IDENTIFY, STATUS, PASSWORD, FACTOR, CHANGE]), 'flows.0.steps.1.type: check_account_status must come after authenticate'],
  ['an offer before every proof', declare([IDENTIFY, PASSWORD, STATUS, CHANGE, FACTOR]), 'flows.0.steps.3.type: change_password must come after the second authenticate'],
  ['a step that is there twice', declare([...WHOLE, CHANGE]), 'flows.0.steps.5.type: change_password is there twice'],
  ['nobody identified', declare(without(IDENTIFY)), 'flows.0.steps: identify must be there'],
  ['nothing proven', declare(without(PASSWORD)), 'flows.0.steps: authenticate must be there: the flow could finish without a proof'],
  ['a disabled account', declare(without(STATUS)), 'flows.0.steps: check_account_status must be there'],
  ['no second factor', declare(without(FACTOR)), 'flows.0.steps: a second authenticate step must be there: second_factor.mode is optional'],
  ['the old password', declare(without(CHANGE)), 'flows.0.steps: change_password must be there'],
  ['sessions that end unasked', declare(WHOLE, { beside: 'session: { maximum_per_user: 1, when_full: ask }' }), 'flows.0.steps: terminate_other_sessions must be there: session.when_full is ask'],
  ['an address that is not proven', declare([IDENTIFY, '{ type: create_authenticator }'], { type: 'signup' }), 'flows.0.steps: verify must be there: signup.verification is required'],
  ['a profile that is not filled in', declare([IDENTIFY, '{ type: create_authenticator }', '{ type: verify }'], { type: 'signup', beside: TEAM }), 'flows.0.steps: fill_in_user_profile must be there'],
  ['a profile of nothing', declare([IDENTIFY, '{ type: create_authenticator }', '{ type: fill_in_user_profile }', '{ type: verify }'], { type: 'signup' }), 'flows.0.steps.2.type: there is nothing to fill in'],
  ['a recovery without a code', declare([IDENTIFY, '{ type: select_destination }', '{ type: reset_password }'], { type: 'account_recovery' }), 'flows.0.steps: verify_account_recovery_code must be there: the flow could finish without a proof'],
  ['a proof that the settings do not allow', declare(WHOLE, { beside: 'login: { authentications: [primary_oob_otp_email] }' }), 'flows.0.steps.1.one_of.0: primary_password is not among login.authentications'],
  ['a first proof as second', declare([IDENTIFY, PASSWORD, STATUS, '{ type: authenticate, one_of: [secondary_totp, primary_password] }', CHANGE]), 'flows.0.steps.3.one_of: first and second proofs are steps of their own'],
  ['recovery codes alone', declare([IDENTIFY, PASSWORD, STATUS, '{ type: authenticate, one_of: [recovery_code] }', CHANGE]), 'flows.0.steps.3.one_of: recovery_code alone is no second factor'],
  ['a factor that not everybody can set up', declare([IDENTIFY, PASSWORD, STATUS, '{ type: authenticate, one_of: [secondary_passkey], required: true }', CHANGE]), 'flows.0.steps.3.one_of: must name secondary_totp'],
  ['a second factor where there are none', declare(WHOLE, { beside: 'second_factor: { mode: off }' }), 'flows.0.steps.3.type: there are no second factors: second_factor.mode is off'],
  ['a second factor that is not required any more', declare([IDENTIFY, PASSWORD, STATUS, '{ type: authenticate, required: false }', CHANGE], { beside: 'second_factor: { mode: required }' }), 'flows.0.steps.3.required: second_factor.mode is required'],
  ['another step that is required', declare([IDENTIFY, '{ type: authenticate, required: true }', STATUS, FACTOR, CHANGE]), 'flows.0.steps.1.required: only a second authenticate step can be required'],
  ['a choice where there is none', declare([IDENTIFY, PASSWORD, '{ type: check_account_status, one_of: [email] }', FACTOR, CHANGE]), 'flows.0.steps.2.one_of: there is nothing to choose'],
  ['a passkey that names and may not prove', declare(['{ type: identify, one_of: [email, passkey] }', PASSWORD, STATUS, FACTOR, CHANGE]), 'flows.0.steps.0.one_of.1: passkey needs primary_passkey'],
  ['the name of the generated flow', declare(WHOLE, { name: 'default' }), 'flows.0.name: is a name of what is generated'],
  ['a name of our own', declare(WHOLE, { name: 'password_first' }), 'flows.0.name: is a name of what is generated'],
  ['a name for no address', declare(WHOLE, { name: 'Our-Staff' }), 'flows.0.name: must begin with a letter'],
  ['a name that is there twice', `flows: [${[1, 2].map(() => `{ type: login, name: staff, steps: [${WHOLE.join(', ')}] }`).join(', ')}]`, 'flows.1.name: there is another login flow of this name'],
] as const)('a plan names %s', (_, text, problem) => {
  expect(problemsOf(text)).toEqual([expect.stringContaining(problem)])
})

test('a plan names every problem of every flow', () => {
  const text = `flows: [{ type: login, name: one, steps: [${IDENTIFY}] }, { type: reauth, name: two, steps: [${PASSWORD}, ${IDENTIFY}, ${FACTOR}, ${CHANGE}] }]`
  expect(problemsOf(text)).toEqual([
    expect.stringContaining('flows.0.steps: authenticate must be there'),
    expect.stringContaining('flows.0.steps: check_account_status must be there'),
    expect.stringContaining('flows.0.steps: a second authenticate step must be there'),
    expect.stringContaining('flows.0.steps: change_password must be there'),
    expect.stringContaining('flows.1.steps: check_account_status must be there'),
    expect.stringContaining('flows.1.steps.0.type: authenticate must come after identify'),
    expect.stringContaining('flows.1.steps.3.type: change_password is no step of a reauth flow'),
  ])
})
