/** The few column types of the schema, spelled so that every engine accepts them. */

/** UUIDv7 text. */
export const ID = 'varchar(36)'
/** Milliseconds UTC. */
export const INSTANT = 'bigint'
/** A name out of a closed list, or a label. */
export const LABEL = 'varchar(64)'
/** SHA-256 or HMAC-SHA-256, base64url or hex. */
export const DIGEST = 'varchar(64)'
/** An email address has 320 characters at most; four bytes each still fit an index of MariaDB. */
export const KEY = 'varchar(320)'
/** What was typed, shown again. */
export const DISPLAY = 'varchar(512)'
