import type { CDPSession, Page } from 'playwright-core'

export interface VirtualAuthenticator {
  /** Whether the person proves themselves when asked, as by a fingerprint. */
  verifies(isVerified: boolean): Promise<void>
  /** Whether the person answers a prompt at once; otherwise it waits. */
  answers(isPresent: boolean): Promise<void>
  credentialIds(): Promise<string[]>
  /** Takes it out of the browser. */
  remove(): Promise<void>
}

/** Gives the page a platform authenticator (WebDriver section 11 of WebAuthn Level 3, as Chromium has it). */
export async function addAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    verifies: async (isUserVerified) => void (await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })),
    answers: async (enabled) => void (await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })),
    async credentialIds() {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials.map((one) => one.credentialId)
    },
    remove: async () => void (await session.send('WebAuthn.disable')),
  }
}
