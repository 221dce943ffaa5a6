/**
 * What an application is: a `web` application keeps a secret on its server; a single-page application (`spa`) and a `native`
 * one cannot (public clients, RFC 6749 section 2.1); a `machine` acts for itself; a `third_party` is somebody else's, and
 * whoever signs in is asked for consent.
 */
export const OAUTH_CLIENT_TYPES = ['web', 'spa', 'native', 'machine', 'third_party'] as const
export type OAuthClientType = (typeof OAUTH_CLIENT_TYPES)[number]

/** A client id is chosen, made here, or the address of a document: nothing else can be one, and nothing else reaches the database. */
export const CLIENT_ID_FORM = /^[\x21-\x7e]{1,255}$/
