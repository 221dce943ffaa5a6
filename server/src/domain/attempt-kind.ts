/** What is guessed at, each with a counter of its own: only who passed the first proof comes to the second. */
export type AttemptKind = 'password' | 'second_factor'
