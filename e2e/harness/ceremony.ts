import type { Page } from 'playwright-core'

/** As the contract has it: options of a ceremony, and what the device made of them, as JSON (WebAuthn Level 3, section 5.1). */
export interface BegunCeremony {
  readonly ceremony: string
  readonly public_key: object
}

/** What the device of a page answers. As text: a function would be rewritten by the test runner. */
export async function answerCeremony(page: Page, kind: 'create' | 'get', { ceremony, public_key: publicKey }: BegunCeremony): Promise<{ ceremony: string; credential: object }> {
  const parser = kind === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON'
  const credential = await page.evaluate<object>(`(async () => {
    const publicKey = PublicKeyCredential.${parser}(${JSON.stringify(publicKey)})
    return (await navigator.credentials.${kind}({ publicKey })).toJSON()
  })()`)
  return { ceremony, credential }
}
