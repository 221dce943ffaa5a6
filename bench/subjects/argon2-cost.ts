/** The server's defaults (settings ARGON2_MEMORY_KIB and ARGON2_PASSES): 19 MiB, two passes, one lane; 2 is Argon2id. */
export const ARGON2_COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
