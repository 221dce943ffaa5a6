/** Only enhances: every page works without this file. No dependency, no build. */

/** How long a second submit is held back; a person whose network failed can then try again. */
const SUBMIT_HOLD_MILLISECONDS = 8000
const CODE_DIGITS = 6

for (const field of document.querySelectorAll('[data-show-label]')) addShowPasswordButton(field)
for (const form of document.querySelectorAll('form[data-events]')) goOnWhenApproved(form)
for (const form of document.querySelectorAll('form[data-submits-itself]')) submitWhenCodeIsThere(form)
for (const form of document.querySelectorAll('form[method="post"]:not([data-passkey])')) holdSecondSubmit(form)
for (const field of document.querySelectorAll('input[name="passkey_support"]')) tellPasskeySupport(field)
document.querySelector('form[data-leaves-by-itself]')?.requestSubmit()
for (const link of document.querySelectorAll('a[data-after-frames]')) goOnAfterFrames(link)

/** Whether this device could keep a passkey, so that creating one may be offered at the end. */
async function tellPasskeySupport(field) {
  if (await window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.()) field.value = 'yes'
}

/** Everything in the page has loaded, its frames included, or takes too long. */
function goOnAfterFrames(link) {
  const goOn = () => location.replace(link.href)
  addEventListener('load', goOn)
  setTimeout(goOn, link.dataset.afterFrames * 1000)
}

/** The mailed link was approved on another device: this one goes on by itself. */
function goOnWhenApproved(form) {
  const events = new EventSource(form.dataset.events)
  events.addEventListener('refresh', () => {
    events.close()
    form.requestSubmit(form.querySelector('button'))
  })
}

/** A toggle: its name stays, `aria-pressed` tells its state. */
function addShowPasswordButton(field) {
  const input = field.querySelector('input')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'gp-show-password'
  button.setAttribute('aria-label', field.dataset.showLabel)
  button.setAttribute('aria-controls', input.id)
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'gp-icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'use'))
  button.append(svg)

  const show = (isShown) => {
    input.type = isShown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(isShown))
    use.setAttribute('href', `${field.dataset.sprite}#${isShown ? 'eye-off' : 'eye'}`)
  }
  button.addEventListener('click', () => show(input.type === 'password'))
  // A browser may remember a text field for autofill, so what is sent is a password field again.
  input.form?.addEventListener('submit', () => show(false))
  show(false)
  field.append(button)
}

/** Blanks and hyphens around pasted or autofilled digits are dropped; the sixth digit sends the form. */
function submitWhenCodeIsThere(form) {
  const input = form.elements.namedItem('code')
  input?.addEventListener('input', () => {
    const digits = input.value.replace(/[\s-]/g, '')
    if (!/^\d*$/.test(digits)) return
    if (digits !== input.value) input.value = digits
    if (digits.length === CODE_DIGITS) form.requestSubmit(form.querySelector('button[type="submit"]'))
  })
}

/** Not `disabled`: a disabled button would take its `intent` out of the form. */
function holdSecondSubmit(form) {
  let isHeld = false
  const hold = (isBusy, button) => {
    isHeld = isBusy
    form.toggleAttribute('data-busy', isBusy)
    for (const one of button ? [button] : form.querySelectorAll('[aria-disabled]')) {
      if (isBusy) one.setAttribute('aria-disabled', 'true')
      else one.removeAttribute('aria-disabled')
    }
  }
  form.addEventListener('submit', (event) => {
    if (isHeld) return event.preventDefault()
    hold(true, event.submitter)
    setTimeout(() => hold(false), SUBMIT_HOLD_MILLISECONDS)
  })
  // A page that comes back from the back / forward cache is as it was left: held.
  addEventListener('pageshow', (event) => event.persisted && hold(false))
}
