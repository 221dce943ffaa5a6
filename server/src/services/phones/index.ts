/**
 * Owns: the telephone numbers of an account: added once a code sent there came back, removed by their owner. Does not own:
 * how messages travel (messages), signing in by a number or proving a second factor by it (flows).
 */
export { createPhones } from './phones.ts'
export type { PhoneChangeFailure, PhoneRecord, Phones } from './phone-types.ts'
export { readTypedPhone } from './read-typed-phone.ts'
