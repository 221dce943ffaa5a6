/** Owns: the copy of everything that is kept about a person, for that person. Does not own: what is in it (the services it asks). */
export { createExports, EXPORT_FILE_NAME } from './exports.ts'
export type { Exports } from './exports.ts'
