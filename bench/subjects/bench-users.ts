/** The users that are in every table: `user0@bench.example` and on, all with one password. */
export const BENCH_PASSWORD = 'quiet lantern over the harbour'

export const benchEmail = (index: number) => `user${index}@bench.example`
