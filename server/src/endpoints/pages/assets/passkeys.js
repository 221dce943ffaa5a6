/** Passkeys: WebAuthn Level 3. Shows the forms that need it where the browser has it, and fills in what they send. */

/** A ceremony lives for five minutes; one that waits for autofill is renewed before. */
const RENEW_MILLISECONDS = 4 * 60 * 1000

const forms = window.PublicKeyCredential && navigator.credentials ? document.querySelectorAll('form[data-passkey]') : []
for (const form of forms) enhance(form)

function enhance(form) {
  const button = form.querySelector('button[type="submit"]')
  const problem = form.querySelector('[role="alert"]')
  let autofill

  const say = (text) => {
    problem.hidden = !text
    problem.textContent = text
  }

  /** Only where the sign-in page stands: the browser then offers passkeys in the field of the name. */
  async function waitForAutofill() {
    if (!document.querySelector('input[autocomplete~="webauthn"]')) return
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return
    const waiting = new AbortController()
    autofill = waiting
    const renewal = setTimeout(() => {
      waiting.abort()
      if (autofill === waiting) void waitForAutofill()
    }, RENEW_MILLISECONDS)
    try {
      await send(form, { mediation: 'conditional', signal: waiting.signal })
    } catch {
      // Nobody picked one; the button is still there.
    } finally {
      clearTimeout(renewal)
    }
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (button.hasAttribute('aria-disabled')) return
    button.setAttribute('aria-disabled', 'true')
    autofill?.abort()
    autofill = undefined
    say('')
    try {
      await send(form)
    } catch (error) {
      const reasons = { NotAllowedError: 'cancelled', AbortError: 'cancelled', InvalidStateError: 'exists' }
      say(form.dataset[reasons[error.name] ?? 'failed'])
      void waitForAutofill()
    } finally {
      button.removeAttribute('aria-disabled')
    }
  })

  form.hidden = false
  void waitForAutofill()
}

/** One ceremony from the options to the form that carries the answer away. */
async function send(form, how = {}) {
  const begun = await fetchOptions(form)
  if (!begun) return
  const publicKey = decodeOptions(begun.public_key)
  const credential = await (form.dataset.passkey === 'create' ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey, ...how }))
  form.elements.namedItem('passkey_ceremony').value = begun.ceremony
  form.elements.namedItem('passkey_credential').value = JSON.stringify(encodeCredential(credential))
  form.submit()
}

/** Undefined when the person is sent to prove again who they are. */
async function fetchOptions(form) {
  const { ofFlow, options } = form.dataset
  const valueOf = (name) => form.elements.namedItem(name).value
  const headers = { 'x-csrf-token': valueOf('csrf_token') }
  const about = ofFlow !== undefined && { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ authentication_challenge_id: valueOf('state') }) }
  const post = (path) => fetch(form.dataset.api + path, { method: 'POST', headers, ...(path === options && about) })
  let answer = await post(form.dataset.options)
  // The page stood open for longer than its access token lives.
  if (answer.status === 401 && (await post('/sessions/refresh')).ok) answer = await post(form.dataset.options)
  if (answer.ok) return answer.json()
  const { error } = await answer.json()
  if (!error.details?.reauthenticate_url) throw new Error(error.code)
  location.assign(`${error.details.reauthenticate_url}?return_to=${encodeURIComponent(location.pathname)}`)
}

function decodeOptions(options) {
  const descriptors = (list) => list?.map((one) => ({ ...one, id: toBytes(one.id) }))
  return {
    ...options,
    challenge: toBytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: toBytes(options.user.id) } }),
    ...(options.allowCredentials && { allowCredentials: descriptors(options.allowCredentials) }),
    ...(options.excludeCredentials && { excludeCredentials: descriptors(options.excludeCredentials) }),
  }
}

/** As `PublicKeyCredential.toJSON()`, which not every browser and password manager has. */
function encodeCredential({ id, rawId, type, response }) {
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
  const encoded = parts.filter((name) => response[name]).map((name) => [name, toText(response[name])])
  const transports = response.getTransports ? { transports: response.getTransports() } : {}
  return { id, rawId: toText(rawId), type, response: { ...Object.fromEntries(encoded), ...transports } }
}

function toBytes(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}

function toText(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
