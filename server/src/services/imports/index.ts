/**
 * Owns: bringing in accounts from other systems: what a line of an import file may say, checking all of it, making the
 * accounts. Does not own: where the lines come from (cli), verifying and replacing the hashes (services/passwords).
 */
export { createImports } from './imports.ts'
export type { Imports } from './imports.ts'
export type { ImportLine, ImportNote, ImportReport } from './import-report.ts'
