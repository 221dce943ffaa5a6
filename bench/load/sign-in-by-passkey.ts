import { createAuthenticator, type Authenticator, type CreationOptions, type RequestOptions } from '../../server/test/harness/authenticator.ts'
import { httpRequest, type LoadResult, type PasskeyJob } from './jobs.ts'
import { walkLoop } from './walk-loop.ts'

const ORIGIN = 'http://localhost:3000'
const API = '/auth/api/v1'

interface Begun<Options> {
  readonly ceremony: string
  readonly public_key: Options
}

/** Who has a passkey on which server, from the first job on. */
const prepared = new Map<number, Authenticator[]>()

/** Each walk asks for options and signs in with what a software authenticator made of them. */
export async function signInByPasskey(job: PasskeyJob): Promise<LoadResult> {
  const { port, headers } = job
  const authenticators = prepared.get(port) ?? []
  // One after another: hashing sheds what it cannot do at once.
  for (const signIn of job.signIns.slice(authenticators.length)) authenticators.push(await register(port, signIn, headers))
  prepared.set(port, authenticators)
  const askForOptions = httpRequest('POST', `${API}/login/passkey/options`, { ...headers, 'content-length': '0' })
  let walks = 0
  return walkLoop(job, async (ask) => {
    const authenticator = authenticators[walks++ % authenticators.length]!
    const options = await ask(askForOptions)
    if (options.status !== 200) return options
    const { ceremony, public_key } = JSON.parse(options.body) as Begun<RequestOptions>
    return ask(httpRequest('POST', `${API}/login/passkey`, headers, { ceremony, credential: authenticator.get(public_key) }))
  })
}

/** Signs in by password and adds a passkey; asked over HTTP like everything else. */
async function register(port: number, signIn: { identifier: string; password: string }, headers: Readonly<Record<string, string>>): Promise<Authenticator> {
  const authenticator = createAuthenticator({ origin: ORIGIN })
  const base = `http://127.0.0.1:${port}${API}`
  const json = { ...headers, 'content-type': 'application/json' }
  const signedIn = await fetch(`${base}/login`, { method: 'POST', headers: json, body: JSON.stringify(signIn) })
  if (signedIn.status !== 200) throw new Error(`a sign-in was answered ${signedIn.status}: ${await signedIn.text()}`)
  const cookies = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!)
  const csrf = cookies.find((cookie) => cookie.startsWith('gatepost_csrf='))?.slice('gatepost_csrf='.length) ?? ''
  const asOwner = { ...json, cookie: cookies.join('; '), 'x-csrf-token': csrf }
  const options = await fetch(`${base}/account/passkey/options`, { method: 'POST', headers: asOwner })
  const { ceremony, public_key } = (await options.json()) as Begun<CreationOptions>
  const body = JSON.stringify({ ceremony, credential: authenticator.create(public_key), name: 'bench' })
  const added = await fetch(`${base}/account/passkeys`, { method: 'POST', headers: asOwner, body })
  if (added.status !== 201) throw new Error(`a passkey was answered ${added.status}: ${await added.text()}`)
  return authenticator
}
