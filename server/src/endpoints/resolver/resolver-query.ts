import { z } from 'zod'
import { parseFields } from '../../http/parse-form.ts'

/** What a proxy is set up to ask. */
export interface ResolverQuery {
  /** Inform: everybody passes, and the application hears who it is. */
  readonly mode: 'inform' | 'enforce'
  /** All of them. */
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
  /** At least this. */
  readonly acr: 'aal1' | 'aal2' | undefined
  /** Proven so many seconds ago at most. */
  readonly maxAgeSeconds: number | undefined
  /** Tokens of clients that are for one of these are taken; none: for the issuer, of clients of one's own. */
  readonly resources: readonly string[]
  /** Pages are sent to sign in by this very answer. */
  readonly redirectsPages: boolean
  /** The proxy hands `Set-Cookie` to the browser: a session whose access token is over may be renewed. */
  readonly passesCookies: boolean
}

const LIST = z.string().regex(/^[^\s,]+([ ,][^\s,]+)*$/).transform((text) => text.split(/[ ,]/))

const QUERY = z
  .strictObject({
    mode: z.enum(['inform', 'enforce']).default('inform'),
    role: LIST.optional(),
    scope: LIST.optional(),
    acr: z.enum(['aal1', 'aal2']).optional(),
    max_age: z.string().regex(/^\d{1,9}$/).transform(Number).optional(),
    resource: z.string().regex(/^[\x21-\x7e]+( [\x21-\x7e]+)*$/).transform((text) => text.split(' ')).optional(),
    sign_in: z.literal('redirect').optional(),
    cookies: z.literal('passed').optional(),
  })
  // What would never be enforced must not look as if it were.
  .refine(({ mode, role, scope, acr, max_age: maxAge, sign_in: signIn }) => mode === 'enforce' || (role ?? scope ?? acr ?? maxAge ?? signIn) === undefined)
  .transform(
    ({ mode, role, scope, acr, max_age: maxAgeSeconds, resource, sign_in: signIn, cookies }): ResolverQuery => ({
      mode,
      roles: role ?? [],
      scopes: scope ?? [],
      acr,
      maxAgeSeconds,
      resources: resource ?? [],
      redirectsPages: signIn !== undefined,
      passesCookies: cookies !== undefined,
    }),
  )

/** A proxy asks with one or a few queries, thousands of times a second. */
const QUERIES_KEPT = 50

/** Reads the query of a request target; undefined when it is not whole: a proxy that was set up wrongly must not let anybody in. */
export function createQueryReader(): (target: string) => ResolverQuery | undefined {
  const known = new Map<string, ResolverQuery>()

  return function readQuery(target) {
    const at = target.indexOf('?')
    const text = at < 0 ? '' : target.slice(at + 1)
    const read = known.get(text)
    if (read) return read
    const fields = parseFields(text)
    const parsed = fields && QUERY.safeParse(fields)
    if (!parsed?.success) return undefined
    if (known.size >= QUERIES_KEPT) known.clear()
    known.set(text, parsed.data)
    return parsed.data
  }
}
