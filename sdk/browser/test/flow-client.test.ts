import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFlowClient } from '../src/flow-client.ts'
import type { AnyFlowStep, FlowStep } from '../src/flow-state.ts'
import { createBrowser, type Tab } from './simulated-browser.ts'
import { startSimulatedGatepost, type SimulatedGatepost } from './simulated-gatepost.ts'

const INPUT = 'authentication_flows/states/input'
const IDENTIFY = { state_token: 'state-1', type: 'login', name: 'default', action: { type: 'identify', data: { type: 'identification_data', options: [{ identification: 'email' }] } } }
const FINISHED = { type: 'login', name: 'default', action: { type: 'finished', data: { type: 'finished_data', finish_redirect_uri: '/orders', recovery_codes: ['abcd-efgh'] } } }
const refusal = (code: string, details?: object) => ({ error: { code, message: `${code}.`, request_id: 'request-2', ...(details && { details }) } })

describe('the flow client', () => {
  let server: SimulatedGatepost
  let browser: ReturnType<typeof createBrowser>
  let tab: Tab

  beforeEach(async () => {
    server = await startSimulatedGatepost()
    browser = createBrowser(server.origin)
    tab = browser.openTab()
    server.answers('authentication_flows', { status: 200, body: IDENTIFY })
  })
  afterEach(() => server.stop())

  const started = async () => (await createFlowClient(tab.gatepost).start('login')) as FlowStep<'identification_data'>
  const sent = (path: string) => server.seen.filter((one) => one.path === `/auth/api/v1/${path}`).map(({ body }) => JSON.parse(body) as unknown)

  test('begins a flow, answers its step, and hands over where to go and the recovery codes', async () => {
    const flows = createFlowClient(tab.gatepost)
    const state = await flows.start('login', { returnTo: '/orders', passkeySupport: true })
    if (state.asks !== 'identification_data') throw new Error(state.asks)
    expect([state.action.type, state.action.data.options]).toEqual(['identify', [{ identification: 'email' }]])
    server.answers(INPUT, { status: 200, body: FINISHED })
    const done = await flows.input(state, [{ identification: 'email', login_id: 'ann@example.com' }, { authentication: 'primary_password', password: 'secret' }])
    expect(done).toEqual({ asks: 'nothing', flow: 'login', name: 'default', finishRedirectUri: '/orders', recoveryCodes: ['abcd-efgh'] })
    expect(sent('authentication_flows')).toEqual([{ type: 'login', name: 'default', return_to: '/orders', passkey_support: true }])
    expect(sent(INPUT)).toEqual([
      { state_token: 'state-1', batch_input: [{ identification: 'email', login_id: 'ann@example.com' }, { authentication: 'primary_password', password: 'secret' }] },
    ])
  })

  test('reads a step without an input', async () => {
    server.answers('authentication_flows/states', { status: 200, body: IDENTIFY })
    expect((await createFlowClient(tab.gatepost).read(await started())).asks).toBe('identification_data')
    expect(sent('authentication_flows/states')).toEqual([{ state_token: 'state-1' }])
  })

  test('says what was refused, with code, details and fields, and does not refresh for a wrong proof', async () => {
    const step = await started()
    const fields = [{ field: 'code', code: 'wrong_code', message: 'The code is not right.' }]
    server.answers(INPUT, { status: 401, body: refusal('unauthorized') }, { status: 400, body: refusal('invalid_request', { fields }) })
    const input = () => createFlowClient(tab.gatepost).input(step, { identification: 'email', login_id: 'ann@example.com' })
    await expect(input()).rejects.toMatchObject({ name: 'GatepostError', code: 'unauthorized', status: 401, requestId: 'request-2', fields: [] })
    await expect(input()).rejects.toMatchObject({ code: 'invalid_request', details: { fields }, fields })
    expect(server.requestsTo('/auth/api/v1/sessions/refresh')).toBe(0)
  })

  test('tells an answer that is none of ours, and no answer at all', async () => {
    server.answers('authentication_flows', { status: 502, body: 'bad gateway' }, { status: 200 })
    await expect(started()).rejects.toMatchObject({ code: 'unexpected_answer', status: 502 })
    await expect(started()).rejects.toMatchObject({ code: 'unexpected_answer', status: 200 })
    const away = createBrowser('http://127.0.0.1:1').openTab()
    await expect(createFlowClient(away.gatepost).start('login')).rejects.toMatchObject({ code: 'unreachable', status: 0 })
  })

  test('repeats a request once with a new CSRF token when the one in the cookie is no longer good', async () => {
    const step = await started()
    server.forgetCsrfTokens()
    server.answers(INPUT, { status: 200, body: FINISHED })
    const done = await createFlowClient(tab.gatepost).input(step, { identification: 'email', login_id: 'ann@example.com' })
    expect(done.asks).toBe('nothing')
    expect(sent(INPUT)).toHaveLength(2)
    expect(sent(INPUT)[0]).toEqual(sent(INPUT)[1])
  })

  test('does not repeat what is forbidden for another reason', async () => {
    const step = await started()
    server.answers(INPUT, { status: 403, body: refusal('forbidden') })
    await expect(createFlowClient(tab.gatepost).input(step, { identification: 'email', login_id: 'ann@example.com' })).rejects.toMatchObject({ code: 'forbidden', status: 403 })
    expect(sent(INPUT)).toHaveLength(1)
  })

  test('refreshes the session before and during a re-authentication, which is of that session', async () => {
    browser.store(server.signIn())
    server.expireAccessToken()
    const flows = createFlowClient(tab.gatepost)
    const step = await flows.start('reauth')
    expect(server.requestsTo('/auth/api/v1/sessions/refresh')).toBe(1)
    browser.passTime(600_000)
    server.expireAccessToken()
    const unknown = refusal('invalid_request', { fields: [{ field: 'state_token', code: 'invalid_state', message: 'unknown' }] })
    server.answers(INPUT, { status: 400, body: unknown }, { status: 200, body: { ...FINISHED, type: 'reauth' } })
    expect((await flows.input({ ...step, flow: 'reauth' } as AnyFlowStep, { authentication: 'primary_password', password: 'secret' })).asks).toBe('nothing')
    expect(server.requestsTo('/auth/api/v1/sessions/refresh')).toBe(2)
  })
})

/** Never called: what must not compile, beside what must. */
export async function checkTypes(): Promise<void> {
  const flows = createFlowClient(createBrowser('http://localhost').openTab().gatepost)
  const state = await flows.start('login')
  if (state.asks === 'nothing') {
    // @ts-expect-error there is no step to answer
    await flows.input(state, { code: '123456' })
  }
  if (state.asks === 'identification_data') {
    await flows.input(state, { identification: 'email', login_id: 'ann@example.com' })
    // @ts-expect-error a code is not what this step asks for
    await flows.input(state, { code: '123456' })
    // @ts-expect-error an email address comes as login_id
    await flows.input(state, { identification: 'email', email: 'ann@example.com' })
  }
  if (state.asks === 'authentication_data') {
    await flows.input(state, [{ authentication: 'primary_oob_otp_email' }, { code: '123456' }])
    // @ts-expect-error a new password is not a proof
    await flows.input(state, { authentication: 'primary_password', new_password: 'secret' })
  }
  if (state.asks === 'verify_oob_otp_data') {
    await flows.input(state, { resend: true })
    // @ts-expect-error that is for the recovery of an account
    await flows.input(state, { account_recovery_code: '123456' })
  }
  if (state.asks === 'create_passkey_data') {
    await flows.input(state, { skip: true })
    // @ts-expect-error only true makes sense
    await flows.input(state, { skip: false })
  }
}
