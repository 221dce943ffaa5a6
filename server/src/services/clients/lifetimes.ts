const DAY_SECONDS = 24 * 60 * 60
/** A secret that was replaced is taken this long beside the new one: time to bring the new one to every place it is used in. */
export const CLIENT_SECRET_OVERLAP_MS = 7 * 24 * 60 * 60 * 1_000
/** How old what an instance remembers of its clients may be: half of the second in which a change is in force everywhere. */
export const CLIENT_CACHE_MS = 500
/** Clients, and resources, that an instance remembers; the one that was asked for longest ago gives way to the next. */
export const CLIENTS_REMEMBERED = 1_000
/** Redirect URIs of one client: more than any application has environments. */
export const CLIENT_MAX_URIS = 50
/** Keys in the set of one client: enough to rotate those of several machines. */
export const CLIENT_MAX_KEYS = 20
/** Clients of one declared file, which is applied whole. */
export const DECLARED_MAX_CLIENTS = 1_000
/** Resources of a tenant, scopes of one, and clients that one may name: all of them are read at once. */
export const MAX_RESOURCES = 200
export const RESOURCE_MAX_SCOPES = 100
export const RESOURCE_MAX_CLIENTS = 1_000
/** The shortest life of a token: shorter ones are over before slow clocks have seen them. */
export const CLIENT_TOKEN_MIN_TTL_SECONDS = 60
/** The longest life of an access token or ID token: whoever verifies it locally learns of a revocation no later. */
export const CLIENT_TOKEN_MAX_TTL_SECONDS = 60 * 60
/** An access token or ID token lives as long as that of a session where the client does not say otherwise. */
export const CLIENT_TOKEN_TTL_SECONDS = 10 * 60
/** A refresh token of a client that keeps it on a server or in a device's key store. */
export const CLIENT_REFRESH_TOKEN_TTL_SECONDS = 30 * DAY_SECONDS
/** A refresh token in a browser is easier to steal, and lives a day. */
export const SPA_REFRESH_TOKEN_TTL_SECONDS = DAY_SECONDS
/** The longest life of a refresh token that a client may be given. */
export const CLIENT_REFRESH_TOKEN_MAX_TTL_SECONDS = 365 * DAY_SECONDS
/** The longest `default_max_age`: later than that nobody is signed in any more. */
export const CLIENT_MAX_AUTH_AGE_SECONDS = 365 * DAY_SECONDS
/** Long enough to see which token let a client in. */
export const REGISTRATION_TOKENS_KEPT_MS = 30 * DAY_SECONDS * 1_000
/** An initial access token where its maker says nothing else. */
export const REGISTRATION_TOKEN_TTL_MS = 7 * DAY_SECONDS * 1_000
/** The longest life of an initial access token. */
export const REGISTRATION_TOKEN_MAX_TTL_MS = 365 * DAY_SECONDS * 1_000
/** The most clients that one initial access token lets in. */
export const REGISTRATION_TOKEN_MAX_USES = 10_000
/** That a registered client was used is written once in so long: it is unused after days. */
export const CLIENT_USE_NOTED_MS = DAY_SECONDS * 1_000
/** Characters of a software statement, which is kept. */
export const SOFTWARE_STATEMENT_MAX_LENGTH = 8_192
/** A client metadata document may be so long (draft-ietf-oauth-client-id-metadata-document section 6.6). */
export const CLIENT_DOCUMENT_MAX_BYTES = 5 * 1_024
/** Documents that an instance remembers; the one that was asked for longest ago gives way to the next. */
export const CLIENT_DOCUMENTS_REMEMBERED = 500
/** Documents that an instance asks for at once: whoever names slow hosts gets no more of its sockets. */
export const CLIENT_DOCUMENTS_AT_ONCE = 100
/** A document is kept no shorter, whatever it says: every request of its client asks for it. */
export const CLIENT_DOCUMENT_MIN_AGE_MS = 5 * 60 * 1_000
/** A document is kept no longer, whatever it says: what it took back must take effect. */
export const CLIENT_DOCUMENT_MAX_AGE_MS = 60 * 60 * 1_000
