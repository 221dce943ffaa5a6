// A client that was told nothing but where contracts/openapi.json is: no SDK, no names of steps, every answer held against its schema.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { createContractClient } from './harness/contract-client.ts'
import { readContract, type Contract } from './harness/contract.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { readCode } from './harness/mailbox.ts'
import { GOOD_PASSWORD, newAddress, OTHER_PASSWORD } from './harness/person.ts'

let browser: Browser
let gatepost: Gatepost
let contract: Contract
beforeAll(async () => {
  ;[browser, gatepost, contract] = await Promise.all([launchChromium(), startGatepost(), readContract()])
})
afterAll(async () => {
  await contract?.close()
  await browser?.close()
  await gatepost?.remove()
})

test('a client that reads the contract signs somebody up, in, and recovers the account', async () => {
  const { context } = await openProfile(browser, gatepost.url)
  onTestFinished(() => context.close())
  const email = newAddress('otto')
  const codeOf = (subject: RegExp) => () => readCode(context, email, subject)

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
  const { context } = await openProfile(browser, gatepost.url)
  onTestFinished(() => context.close())
  const email = newAddress('otto')
  const signUp = { login_id: email, new_password: GOOD_PASSWORD, code: () => readCode(context, email, /create your .* account/) }
  await createContractClient(gatepost.url, contract).walk('signup', signUp)
  const met = await createContractClient(gatepost.url, contract).walk('login', { login_id: email, code: () => readCode(context, email, /sign in to/) })
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
