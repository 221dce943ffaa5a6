/**
 * Owns: which clients have access to an account, and taking it away. Does not own: giving it (services/grants), or clients
 * (services/clients).
 */
export { createApplications } from './applications.ts'
export type { Application, Applications } from './applications.ts'
