/** What a sign-in screen is told in its address; nothing about the person but what the application itself said. */
export interface ScreenParameters {
  /** The reference to the request that waits. */
  readonly request: string
  readonly client_id: string
  /** Which flow is asked for. */
  readonly type: 'login' | 'reauth'
  readonly login_hint?: string | undefined
  readonly ui_locales?: string | undefined
  readonly prompt?: string | undefined
  readonly notice?: 'password_changed'
}

export function screenUri(screen: string, parameters: ScreenParameters): string {
  const url = new URL(screen)
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}
