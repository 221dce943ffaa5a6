/** Why a password could not be looked up. */
export type BreachCheckFailure = 'timeout' | 'unreachable' | 'bad_status' | 'bad_answer' | 'no_file' | 'unreadable_file' | 'bad_file'
