export interface ResourceMetadataOptions {
  /** The resource's identifier, an address without fragment, e.g. `https://mcp.example.com/mcp`. */
  readonly resource: string
  /** Where tokens for it are issued, e.g. `https://example.com/auth`. */
  readonly issuer: string
  readonly scopes?: readonly string[]
  /** For people who are asked for consent. */
  readonly name?: string
  readonly documentationUrl?: string
  /** Tells clients that only tokens bound to a key are taken. Default false. */
  readonly requireDpop?: boolean
}

export interface ResourceMetadata {
  readonly resource: string
  /** Where the document has to be served, below the root of the origin. */
  readonly path: string
  /** The same as an address: what challenges name as `resource_metadata`. */
  readonly url: string
  readonly document: Readonly<Record<string, unknown>>
  /** The answer at that path; `headers` have lower-case names. */
  readonly answer: { readonly status: 200; readonly headers: Readonly<Record<string, string>>; readonly body: string }
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource'
const CACHE_SECONDS = 3_600

/**
 * Protected resource metadata (RFC 9728), by which a client that knows only the address of a resource, such as an MCP server, finds out
 * where to get a token.
 * @throws TypeError when `resource` is not an http(s) URL without fragment.
 */
export function describeResource(options: ResourceMetadataOptions): ResourceMetadata {
  const { resource, issuer, scopes, name, documentationUrl, requireDpop = false } = options
  const url = URL.canParse(resource) ? new URL(resource) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || resource.includes('#')) throw new TypeError(`resource is not an http(s) URL without fragment: ${resource}`)
  // RFC 9728, section 3.1: between host and path; a slash that is all of the path goes away.
  const path = `${WELL_KNOWN}${url.pathname === '/' ? '' : url.pathname}${url.search}`
  const document = {
    resource,
    authorization_servers: [issuer],
    bearer_methods_supported: ['header'],
    ...(scopes && { scopes_supported: scopes }),
    ...(name !== undefined && { resource_name: name }),
    ...(documentationUrl !== undefined && { resource_documentation: documentationUrl }),
    ...(requireDpop && { dpop_bound_access_tokens_required: true }),
  }
  return {
    resource,
    path,
    url: `${url.origin}${path}`,
    document,
    answer: {
      status: 200,
      // Clients that run in a page of another origin read it before they have any token.
      headers: { 'content-type': 'application/json', 'cache-control': `public, max-age=${CACHE_SECONDS}`, 'access-control-allow-origin': '*' },
      body: JSON.stringify(document),
    },
  }
}
