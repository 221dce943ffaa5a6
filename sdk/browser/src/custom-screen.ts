import { createFlowClient, type FlowClient } from './flow-client.ts'

export interface CustomScreenOptions {
  /** The server's `PUBLIC_URL` and `BASE_PATH`, e.g. `https://auth.example.com/auth`. */
  readonly issuer: string
  /** What this page was opened with; its own address unless given. */
  readonly address?: string
  readonly fetch?: typeof globalThis.fetch
}

/** What an application wants of its sign-in screen, from the address that Gatepost opened it with. */
export interface ScreenRequest {
  /** The reference to the authorization request that waits. */
  readonly request: string
  readonly clientId: string
  /** `reauth`: somebody is signed in and proves again who they are. */
  readonly type: 'login' | 'reauth'
  readonly loginHint?: string
  readonly uiLocales?: string
  readonly prompt?: string
  /** A new password was just set. */
  readonly notice?: 'password_changed'
}

export interface CustomScreen {
  /** Null when the page was opened by itself: there is nothing to sign in to. */
  readonly asked: ScreenRequest | null
  /** Its flows are for that request; at the end `location.assign(state.finishRedirectUri)` leads to the application. */
  readonly flows: FlowClient
}

/** A sign-in screen on an origin of its own: it sends and gets no cookies (`custom_ui_uri` of the client). */
export function createCustomScreen({ issuer, address = globalThis.location.href, fetch = globalThis.fetch }: CustomScreenOptions): CustomScreen {
  const asked = readRequest(new URL(address).searchParams)
  const flows = createFlowClient({
    apiUrl: `${issuer.replace(/\/+$/, '')}/api/v1`,
    fetch: (input, init) => fetch(input, { ...init, credentials: 'omit', referrerPolicy: 'no-referrer' }),
    currentUser: async () => null,
  })
  return { asked, flows: { ...flows, start: (type, options = {}) => flows.start(type, { ...(asked && { request: asked.request }), ...options }) } }
}

function readRequest(parameters: URLSearchParams): ScreenRequest | null {
  const request = parameters.get('request')
  if (request === null) return null
  const [loginHint, uiLocales, prompt] = [parameters.get('login_hint'), parameters.get('ui_locales'), parameters.get('prompt')]
  return {
    request,
    clientId: parameters.get('client_id') ?? '',
    type: parameters.get('type') === 'reauth' ? 'reauth' : 'login',
    ...(loginHint !== null && { loginHint }),
    ...(uiLocales !== null && { uiLocales }),
    ...(prompt !== null && { prompt }),
    ...(parameters.get('notice') === 'password_changed' && { notice: 'password_changed' }),
  }
}
