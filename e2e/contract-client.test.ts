// A client that was told nothing but where contracts/openapi.json is: no SDK, no names of steps, every answer held against its schema.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAuthenticator } from './harness/authenticator.ts'
import { createAuthenticatorApp, type AuthenticatorApp } from './harness/authenticator-app.ts'
import { answerCeremony, type BegunCeremony } from './harness/ceremony.ts'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { createContractClient, type Asked, type ContractClient, type Facts } from './harness/contract-client.ts'
import { readContract, type Contract, type Schema } from './harness/contract.ts'
import { startDeclaredGatepost, type DeclaredGatepost } from './harness/declared-gatepost.ts'
import { readCode, readLink, readMessageCode } from './harness/mailbox.ts'
import { GOOD_PASSWORD, newAddress, OTHER_PASSWORD } from './harness/person.ts'

const WALK = { timeout: 120_000 }
/** Two sign-ups between two changes of the settings. */
const SET_UP_TIMEOUT_MS = 240_000

let browser: Browser
let gatepost: DeclaredGatepost
let contract: Contract
/** Two devices that keep passkeys. The mailbox is read on the first, links are opened on the second. */
let laptop: Page
let tablet: Page
let mailbox: BrowserContext
beforeAll(async () => {
  ;[browser, gatepost, contract] = await Promise.all([launchChromium(), startDeclaredGatepost(), readContract()])
  const pages: Page[] = []
  for (let count = 0; count < 2; count += 1) {
    const { page } = await openProfile(browser, gatepost.url)
    await page.goto('/')
    await addAuthenticator(page)
    pages.push(page)
  }
  ;[laptop, tablet] = pages as [Page, Page]
  mailbox = laptop.context()
})
afterAll(async () => {
  await contract?.close()
  await browser?.close()
  await gatepost?.remove()
})

test('a client that reads the contract signs somebody up, in, and recovers the account', async () => {
  const email = newAddress('otto')
  const codeOf = (subject: RegExp) => () => readCode(mailbox, email, subject)

  const signingUp = createContractClient(gatepost.url, contract)
  const facts = { login_id: email, password: GOOD_PASSWORD, new_password: GOOD_PASSWORD }
  expect(await signingUp.walk('signup', { ...facts, code: codeOf(/create your .* account/) })).toEqual(['identify', 'create_authenticator', 'verify', 'finished'])
  expect(await signingUp.call('getCurrentUser')).toMatchObject({ email })

  const signingIn = createContractClient(gatepost.url, contract)
  expect(await signingIn.walk('login', facts)).toEqual(['identify', 'authenticate', 'finished'])
  expect(await signingIn.call('getCurrentUser')).toMatchObject({ email })

  const recovering = createContractClient(gatepost.url, contract)
  const recovery = { login_id: email, account_recovery_code: codeOf(/reset your .* password/), new_password: OTHER_PASSWORD }
  expect(await recovering.walk('account_recovery', recovery)).toEqual(['identify', 'verify_account_recovery_code', 'reset_password', 'finished'])
  expect(await recovering.call('getCurrentUser')).toMatchObject({ error: { code: 'unauthorized' } })
  expect(await createContractClient(gatepost.url, contract).walk('login', { login_id: email, password: OTHER_PASSWORD })).toEqual(['identify', 'authenticate', 'finished'])
})

test('a client that has only a mailbox signs in by the code that is sent to it', async () => {
  const email = newAddress('otto')
  const signUp = { login_id: email, new_password: GOOD_PASSWORD, code: () => readCode(mailbox, email, /create your .* account/) }
  await createContractClient(gatepost.url, contract).walk('signup', signUp)
  const met = await createContractClient(gatepost.url, contract).walk('login', { login_id: email, code: () => readCode(mailbox, email, /sign in to/) })
  expect(met).toEqual(['identify', 'authenticate', 'authenticate', 'finished'])
})

test('an answer that lacks what the contract promises, or an input that it refuses, does not go unnoticed', async () => {
  const action = { type: 'identify', data: { type: 'identification_data', options: [{ identification: 'email' }] } }
  const flow = { state_token: 'x', type: 'login', name: 'default', action }
  await contract.checkAnswer('createAuthenticationFlow', 200, flow)
  for (const other of [{ ...flow, action: { type: 'identify' } }, { ...flow, type: 'loginn' }, { ...flow, action: { ...action, data: { type: 'identification_data' } } }, {}]) {
    await expect(contract.checkAnswer('createAuthenticationFlow', 200, other)).rejects.toThrow('not as contracts/openapi.json has it')
  }
  await expect(contract.checkAnswer('createAuthenticationFlow', 418, flow)).rejects.toThrow('says nothing')
  await expect(contract.checkRequest('inputAuthenticationFlow', { state_token: 'x', input: { code: '12345' } })).rejects.toThrow('not as')
})

describe('with every way of proving', () => {
  const SIGN_UP_SETTINGS = 'second_factor: { mode: required }\n'
  /** Whatever the contract knows is offered, and mails have both a code and a link. */
  const SETTINGS = `
login:
  identifications: [email, username, phone, passkey]
  authentications: [primary_password, primary_oob_otp_email, primary_oob_otp_sms, primary_passkey]
  email_code_form: both
second_factor:
  authentications: [secondary_totp, secondary_oob_otp_email, secondary_oob_otp_sms, recovery_code]
  passkey_counts: true
recovery: { destinations: [email, phone] }
messaging: { channels: [whatsapp, sms] }
`
  const CHANNELS = ['whatsapp', 'sms'] as const

  interface Person {
    readonly email: string
    readonly username: string
    readonly number: string
    readonly device: Page
    readonly app: AuthenticatorApp
    /** Those that are left. */
    readonly recoveryCodes: string[]
  }
  let olga: Person
  let omar: Person
  beforeAll(async () => {
    await gatepost.declare(SIGN_UP_SETTINGS)
    olga = await signUp('olga', '+41784000008', laptop)
    omar = await signUp('omar', '+41784000009', tablet)
    await gatepost.declare(SETTINGS)
  }, SET_UP_TIMEOUT_MS)

  const mailed = ({ email }: Pick<Person, 'email'>, subject: RegExp) => () => readCode(mailbox, email, subject)
  const messaged = ({ number }: Pick<Person, 'number'>, channel: 'sms' | 'whatsapp') => () => readMessageCode(mailbox, number, channel)
  /** Approves the link in the newest mail, in another browser than the one that waits. */
  const approved = ({ email }: Person, subject: RegExp) => async ({ action: { data } }: Asked) => {
    if (data['can_check'] !== true) return undefined
    await tablet.goto(await readLink(mailbox, email, subject))
    await tablet.getByRole('button', { name: 'Approve the other device' }).click()
    await tablet.getByRole('heading', { name: 'Approved' }).waitFor()
    return true
  }
  /** What the device answers to what came with the option, or to what the operation begins. */
  const assertion = ({ device }: Person, client: ContractClient, operationId: string) => async ({ option }: Asked) =>
    answerCeremony(device, 'get', (option?.['request_options'] ?? (await client.call(operationId))) as BegunCeremony)

  /** An app, recovery codes and a passkey come with the sign-up, a number and a name after it. */
  async function signUp(username: string, number: string, device: Page): Promise<Person> {
    const client = createContractClient(gatepost.url, contract)
    const email = newAddress(username)
    let app: AuthenticatorApp | undefined
    let recoveryCodes: string[] = []
    const code = async ({ action: { data } }: Asked) => {
      if (data['type'] !== 'create_totp_data') return mailed({ email }, /create your .* account/)()
      app = createAuthenticatorApp(String(data['secret']))
      return app.nextCode()
    }
    const creation = async ({ action: { data } }: Asked) => (data['type'] === 'create_passkey_data' ? answerCeremony(device, 'create', data['creation_options'] as BegunCeremony) : undefined)
    const keep = async ({ action: { data } }: Asked) => {
      recoveryCodes = (data['recovery_codes'] as string[] | undefined) ?? recoveryCodes
      return recoveryCodes.length > 0
    }
    const facts = { login_id: email, new_password: GOOD_PASSWORD, code, creation_response: creation, confirm_recovery_code: keep }
    const met = await client.walk('signup', facts, { beginning: { passkey_support: true } })
    expect(met).toEqual(['identify', 'create_authenticator', 'verify', 'create_authenticator', 'view_recovery_code', 'prompt_create_passkey', 'finished'])
    const challenge = (await client.call('createPhoneChallenge', { body: { phone: number, channel: 'sms' } })) as object
    await client.call('verifyPhoneChallenge', { body: { ...challenge, code: await messaged({ number }, 'sms')() } })
    await client.call('updateUsername', { body: { username } })
    if (app === undefined) throw new Error('no authenticator app was set up')
    return { email, username, number, device, app, recoveryCodes }
  }

  /** Clients whose every input is noted, and what they gave: `secondary_totp`, `phone`, `sms`. */
  function noteInputs(): { newClient: () => ContractClient; given: Set<string> } {
    const given = new Set<string>()
    const newClient = () => createContractClient(gatepost.url, contract, (input) => Object.values(input).forEach((value) => given.add(String(value))))
    return { newClient, given }
  }
  /** What inputs may say under this name, by the contract. */
  const namedBy = (field: string) => (contract.schema('AuthenticationFlowInput').anyOf ?? []).flatMap(({ properties }) => allowedBy(properties?.[field]))
  const isFirst = (authentication: string) => authentication.startsWith('primary_')

  /** The steps of a sign-in or re-authentication by these choices. */
  async function prove(person: Person, client: ContractClient, choices: readonly string[], facts: Facts, type: 'login' | 'reauth' = 'login'): Promise<string[]> {
    const nextRecoveryCode = async () => person.recoveryCodes.pop() ?? 'none is left'
    const met = await client.walk(type, { login_id: person.email, password: GOOD_PASSWORD, recovery_code: nextRecoveryCode, ...facts }, { choices })
    expect(await client.call('getCurrentUser')).toMatchObject({ email: person.email })
    return met
  }

  /** A code is waited for in a step of its own. */
  const [ONE_STEP, TWO_STEPS, THREE_STEPS] = [1, 2, 3].map((count) => [...Array<string>(count).fill('authenticate'), 'finished']) as [string[], string[], string[]]

  test('a client that reads the contract signs somebody in by each first proof', WALK, async () => {
    const { newClient, given } = noteInputs()
    expect(await prove(olga, newClient(), ['username', 'primary_password', 'recovery_code'], { login_id: olga.username })).toEqual(['identify', ...TWO_STEPS])
    const byMail = ['email', 'primary_oob_otp_email', 'recovery_code']
    expect(await prove(olga, newClient(), byMail, { code: mailed(olga, /sign in to/) })).toEqual(['identify', ...THREE_STEPS])
    expect(await prove(olga, newClient(), byMail, { check: approved(olga, /sign in to/) })).toEqual(['identify', ...THREE_STEPS])
    for (const channel of CHANNELS) {
      const byMessage = { login_id: olga.number, channel, code: messaged(olga, channel) }
      expect(await prove(olga, newClient(), ['phone', 'primary_oob_otp_sms', 'recovery_code'], byMessage)).toEqual(['identify', ...THREE_STEPS])
    }
    // A passkey is two factors in one, with a name before it and without.
    const [client, named] = [newClient(), newClient()]
    expect(await prove(olga, client, ['passkey'], { assertion_response: assertion(olga, client, 'createPasskeyLoginOptions') })).toEqual(['identify', 'finished'])
    expect(await prove(olga, named, ['email', 'primary_passkey'], { assertion_response: assertion(olga, named, 'createPasskeyLoginOptions') })).toEqual(['identify', ...ONE_STEP])
    expect([...namedBy('identification'), ...namedBy('authentication').filter(isFirst)].filter((one) => !given.has(one))).toEqual([])
  })

  test('a client that reads the contract confirms the password by each second proof, and is remembered', WALK, async () => {
    const { newClient, given } = noteInputs()
    const trusted = newClient()
    const byApp = { code: () => olga.app.nextCode(), request_device_token: true }
    expect(await prove(olga, trusted, ['email', 'primary_password', 'secondary_totp'], byApp)).toEqual(['identify', ...TWO_STEPS])
    expect(await prove(olga, trusted, ['email', 'primary_password'], {})).toEqual(['identify', ...ONE_STEP])
    expect(await prove(olga, newClient(), ['email', 'primary_password', 'recovery_code'], {})).toEqual(['identify', ...TWO_STEPS])
    const byMail = ['email', 'primary_password', 'secondary_oob_otp_email']
    expect(await prove(olga, newClient(), byMail, { code: mailed(olga, /second step/) })).toEqual(['identify', ...THREE_STEPS])
    expect(await prove(olga, newClient(), byMail, { check: approved(olga, /second step/) })).toEqual(['identify', ...THREE_STEPS])
    for (const channel of CHANNELS) {
      const byMessage = { channel, code: messaged(olga, channel) }
      expect(await prove(olga, newClient(), ['email', 'primary_password', 'secondary_oob_otp_sms'], byMessage)).toEqual(['identify', ...THREE_STEPS])
    }
    const client = newClient()
    expect(await prove(olga, client, ['email', 'primary_password', 'secondary_passkey'], { assertion_response: assertion(olga, client, 'none: they come with the option') })).toEqual(['identify', ...TWO_STEPS])
    expect(namedBy('authentication').filter((one) => !isFirst(one) && !given.has(one))).toEqual([])
  })

  test('a client that reads the contract proves again who is signed in, by each proof, first and second', WALK, async () => {
    const { newClient, given } = noteInputs()
    const client = newClient()
    const provenAt = async () => Date.parse(((await client.call('getCurrentUser')) as { authenticated_at: string }).authenticated_at)
    const again = async (choices: readonly string[], facts: Facts) => {
      const before = await provenAt()
      const met = await prove(olga, client, choices, facts, 'reauth')
      expect(await provenAt()).toBeGreaterThan(before)
      return met
    }
    await prove(olga, client, ['passkey'], { assertion_response: assertion(olga, client, 'createPasskeyLoginOptions') })
    expect(await again(['primary_passkey'], { assertion_response: assertion(olga, client, 'createPasskeyReauthenticationOptions') })).toEqual(ONE_STEP)
    expect(await again(['primary_password', 'secondary_totp'], { code: () => olga.app.nextCode() })).toEqual(TWO_STEPS)
    expect(await again(['primary_password', 'secondary_oob_otp_email'], { code: mailed(olga, /second step/) })).toEqual(THREE_STEPS)
    expect(await again(['primary_password', 'secondary_oob_otp_sms'], { code: messaged(olga, 'whatsapp') })).toEqual(THREE_STEPS)
    expect(await again(['primary_password', 'secondary_passkey'], { assertion_response: assertion(olga, client, 'none: they come with the option') })).toEqual(TWO_STEPS)
    const byMail = ['primary_oob_otp_email', 'recovery_code']
    expect(await again(byMail, { code: mailed(olga, /confirm it is you/) })).toEqual(THREE_STEPS)
    expect(await again(byMail, { check: approved(olga, /confirm it is you/) })).toEqual(THREE_STEPS)
    for (const channel of CHANNELS) expect(await again(['primary_oob_otp_sms', 'recovery_code'], { channel, code: messaged(olga, channel) })).toEqual(THREE_STEPS)
    expect(namedBy('authentication').filter((one) => !given.has(one))).toEqual([])
  })

  test('a client that reads the contract recovers an account by each way, and removes whatever protects it', WALK, async () => {
    const { newClient } = noteInputs()
    const recovery = { login_id: omar.email, new_password: OTHER_PASSWORD }
    const ways: Facts[] = [
      { account_recovery_destination: 'email', account_recovery_code: mailed(omar, /reset your .* password/) },
      { account_recovery_destination: 'email', check: approved(omar, /reset your .* password/) },
      ...CHANNELS.map((channel) => ({ account_recovery_destination: 'phone', channel, account_recovery_code: messaged(omar, channel) })),
    ]
    for (const way of ways) {
      const met = await newClient().walk('account_recovery', { ...recovery, ...way }, { choices: ['email'] })
      expect(met).toEqual(['identify', 'select_destination', 'verify_account_recovery_code', 'reset_password', 'finished'])
    }

    // A reset takes no factor away.
    const owner = newClient()
    expect(await prove(omar, owner, ['email', 'primary_password', 'recovery_code'], { password: OTHER_PASSWORD })).toEqual(['identify', ...TWO_STEPS])
    for (const [list, remove] of [['getSecondFactors', 'removeTotp'], ['listPhones', 'removePhone'], ['listPasskeys', 'deletePasskey']] as const) {
      const ids = idsIn(await owner.call(list))
      expect(ids).toHaveLength(1)
      for (const id of ids) await owner.call(remove, { id })
      expect(idsIn(await owner.call(list))).toEqual([])
    }
  })
})

function allowedBy(schema: Schema | undefined): string[] {
  return [schema?.const, ...(schema?.enum ?? [])].filter((value) => typeof value === 'string')
}

/** Of everything in the lists of an answer. */
function idsIn(answer: unknown): string[] {
  const items = Object.values(answer as object).flatMap((list) => (Array.isArray(list) ? (list as { id?: string }[]) : []))
  return items.flatMap(({ id }) => (id === undefined ? [] : [id]))
}
