import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FlowStep } from '../src/flow-state.ts'
import { createPasskeysWith, type Passkeys } from '../src/passkeys.ts'
import { createAuthenticators, type SimulatedAuthenticators } from './simulated-authenticators.ts'
import { createBrowser, type Tab } from './simulated-browser.ts'
import { startSimulatedGatepost, type SimulatedGatepost } from './simulated-gatepost.ts'

const request = (ceremony: string, timeout = 300_000) => ({
  ceremony,
  expires_at: '2026-01-02T03:09:05.000Z',
  public_key: { challenge: 'Y2hhbGxlbmdl', rpId: 'localhost', timeout, userVerification: 'required', allowCredentials: [{ type: 'public-key', id: 'b25l', transports: [] }] },
})
const CREATION = {
  ceremony: 'creation',
  expires_at: '2026-01-02T03:09:05.000Z',
  public_key: { challenge: 'Y2hhbGxlbmdl', rp: { id: 'localhost', name: 'x' }, user: { id: 'dXNlcg', name: 'ann', displayName: 'Ann' }, excludeCredentials: [{ type: 'public-key', id: 'b25l', transports: [] }] },
}
const CREDENTIAL = {
  id: 'Y3JlZA',
  rawId: 'Y3JlZA',
  type: 'public-key',
  authenticatorAttachment: 'platform',
  clientExtensionResults: {},
  response: { clientDataJSON: 'Y2xpZW50', authenticatorData: 'ZGF0YQ', signature: 'c2lnbmVk' },
}
const text = (source: BufferSource | undefined) => new TextDecoder().decode(source)

describe('passkeys in a browser without the JSON functions of WebAuthn Level 3', () => {
  let server: SimulatedGatepost
  let tab: Tab
  let authenticators: SimulatedAuthenticators
  let passkeys: Passkeys

  beforeEach(async () => {
    server = await startSimulatedGatepost()
    const browser = createBrowser(server.origin)
    browser.store(server.signIn())
    tab = browser.openTab()
    authenticators = createAuthenticators()
    passkeys = createPasskeysWith(authenticators, tab.gatepost)
    server.answers('login/passkey/options', { status: 200, body: request('sign-in') })
    server.answers('login/passkey', { status: 200, body: { user: {} } })
  })
  afterEach(() => server.stop())

  const bodyOf = (path: string) => JSON.parse(server.seen.findLast((one) => one.path === `/auth/api/v1/${path}`)?.body ?? 'null') as unknown

  test('sign in: options are decoded, the answer is encoded', async () => {
    await passkeys.signInWithPasskey()
    const publicKey = authenticators.asked[0]?.publicKey as PublicKeyCredentialRequestOptions
    expect([text(publicKey.challenge), text(publicKey.allowCredentials?.[0]?.id)]).toEqual(['challenge', 'one'])
    expect(bodyOf('login/passkey')).toEqual({ ceremony: 'sign-in', credential: CREDENTIAL })
  })

  test('are added to the account, by name', async () => {
    server.answers('account/passkey/options', { status: 200, body: CREATION })
    server.answers('account/passkeys', { status: 201, body: { id: 'passkey-1', name: 'Laptop', created_at: '2026-01-02T03:04:05.000Z' } })
    expect(await passkeys.createPasskey('Laptop')).toEqual({ id: 'passkey-1', name: 'Laptop' })
    const publicKey = authenticators.asked[0]?.publicKey as PublicKeyCredentialCreationOptions
    expect([text(publicKey.user.id), text(publicKey.excludeCredentials?.[0]?.id)]).toEqual(['user', 'one'])
    expect(bodyOf('account/passkeys')).toEqual({ ceremony: 'creation', credential: CREDENTIAL, name: 'Laptop' })
  })

  test('prove again who is signed in, and only when that is due', async () => {
    server.answers('reauthenticate/check', { status: 428, body: { error: { code: 'recent_authentication_required', message: 'x', request_id: 'r', details: { authentication_challenge: { id: 'challenge-1', expires_at: 'x' } } } } }, { status: 204 })
    server.answers('reauthenticate/passkey/options', { status: 200, body: request('again') })
    server.answers('reauthenticate/passkey', { status: 204 })
    await passkeys.proveWithPasskey()
    expect(bodyOf('reauthenticate/passkey')).toEqual({ ceremony: 'again', credential: CREDENTIAL, authentication_challenge_id: 'challenge-1' })
    await passkeys.proveWithPasskey()
    expect(authenticators.asked).toHaveLength(1)
  })

  test('give the inputs of a flow, the second factor by the options of its step', async () => {
    expect(await passkeys.identifyInFlow()).toEqual({ identification: 'passkey', assertion_response: { ceremony: 'sign-in', credential: CREDENTIAL } })
    const step = (option: object) => ({ flow: 'login', action: { data: { options: [option] } } }) as unknown as FlowStep<'authentication_data'>
    expect(await passkeys.proveInFlow(step({ authentication: 'primary_passkey' }))).toMatchObject({ authentication: 'primary_passkey', assertion_response: { ceremony: 'sign-in' } })
    const second = step({ authentication: 'secondary_passkey', request_options: request('of-the-flow') })
    expect(await passkeys.proveInFlow(second)).toMatchObject({ authentication: 'secondary_passkey', assertion_response: { ceremony: 'of-the-flow' } })
    const offer = { action: { data: { creation_options: CREATION } } } as unknown as FlowStep<'create_passkey_data'>
    expect(await passkeys.createInFlow(offer)).toEqual({ creation_response: { ceremony: 'creation', credential: CREDENTIAL } })
  })

  test('that wait for autofill make way for a button', async () => {
    const waiting = passkeys.signInWithPasskey({ conditional: true })
    waiting.catch(() => undefined)
    await expect.poll(() => authenticators.asked.length).toBe(1)
    expect(authenticators.asked[0]?.mediation).toBe('conditional')
    await passkeys.signInWithPasskey()
    await expect(waiting).rejects.toMatchObject({ name: 'GatepostError', code: 'passkey_cancelled', status: 0 })
    expect(authenticators.asked[1]?.mediation).toBeUndefined()
  })

  test('that wait for autofill ask for a new challenge before theirs is too old, and stop when told', async () => {
    server.answers('login/passkey/options', { status: 200, body: request('short', 100) }, { status: 200, body: request('long') })
    const stop = new AbortController()
    const waiting = passkeys.signInWithPasskey({ conditional: true, signal: stop.signal })
    waiting.catch(() => undefined)
    await expect.poll(() => authenticators.asked.length).toBe(2)
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'passkey_cancelled' })
    await delay(100)
    expect(server.requestsTo('/auth/api/v1/login/passkey/options')).toBe(2)
  })

  test.each([
    ['NotAllowedError', 'passkey_cancelled'],
    ['NotSupportedError', 'passkey_unsupported'],
    ['SecurityError', 'passkey_unsupported'],
    ['InvalidStateError', 'passkey_already_registered'],
  ])('tell %s of the browser as %s', async (fail, code) => {
    authenticators.will({ fail })
    await expect(passkeys.signInWithPasskey()).rejects.toMatchObject({ name: 'GatepostError', code, status: 0 })
    expect(bodyOf('login/passkey')).toBeNull()
  })

  test('tell when the server does not take the answer', async () => {
    server.answers('login/passkey', { status: 401, body: { error: { code: 'unauthorized', message: 'x', request_id: 'r' } } })
    await expect(passkeys.signInWithPasskey()).rejects.toMatchObject({ code: 'unauthorized', status: 401 })
    expect(server.requestsTo('/auth/api/v1/sessions/refresh')).toBe(0)
  })

  test('are not there in a browser without WebAuthn', async () => {
    const none = createPasskeysWith(undefined, tab.gatepost)
    expect([none.isSupported, await none.canAutofill()]).toEqual([false, false])
    await expect(none.signInWithPasskey()).rejects.toMatchObject({ code: 'passkey_unsupported' })
  })
})
