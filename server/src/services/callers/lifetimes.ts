/** Access tokens whose caller is remembered, some two kilobytes each; beyond that the oldest is asked for again. */
export const REMEMBERED_CALLERS = 10_000
/** How often the database is asked what happened to accounts, while somebody asks who is calling. */
export const CHANGES_READ_EVERY_MS = 300
/** Nothing remembered is believed when what happened to accounts was last read longer ago: so soon a revocation is effective everywhere. */
export const CHANGES_MAX_AGE_MS = 1_000
/** How long after the last question what happened is still read, and the callers remembered. */
export const WATCHED_AFTER_LAST_QUESTION_MS = 60_000
/** A change that this process makes is under way for so long at most before what happened is read anew. */
export const OWN_CHANGE_HOLD_MS = 2_000
/** The longest a change may take from being written to its commit and still be noticed. */
export const LATE_COMMIT_MS = 60_000
/** More at once than can be followed (an import, a flood): until it is over, every question goes to the database. */
export const CHANGES_FOLLOWED = 20_000
