/** Under which names JWT access tokens are kept: no opaque token is spelled like one. */

/** A person's token: the whole of it, so that only the very text that was issued is found. */
export const keptName = (jwt: string) => `jwt:${jwt}`

/** A client's own token, once it was revoked. One signature may have several spellings, so it is not the token itself. */
export const revokedName = (jti: string) => `revoked:${jti}`
