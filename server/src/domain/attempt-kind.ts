/**
 * What is guessed at, each with a counter of its own: only who passed the first proof comes to the second, and the password
 * and the code that is sent in its place are different ways in.
 */
export type AttemptKind = 'password' | 'one_time_code' | 'second_factor'
