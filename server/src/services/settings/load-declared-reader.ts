/** What reads a declared text takes libraries that a tenant with every default does without. */
export const loadDeclaredReader = () => import('./read-declared.ts')
