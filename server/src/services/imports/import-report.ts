/** A line as it was read. */
export interface ImportLine {
  /** Counted from 1. */
  readonly number: number
  /** Its text, or why it has none. */
  readonly content: { readonly text: string } | { readonly problem: string }
}

/** Something to tell about a line. */
export interface ImportNote {
  readonly line: number
  /** Never repeats a hash. */
  readonly reason: string
}

export interface ImportReport {
  /** Accounts that were made, or would be. */
  readonly imported: number
  /** Lines whose address has an account already. */
  readonly skipped: number
  readonly refused: number
  /** The first of them. */
  readonly skips: readonly ImportNote[]
  readonly refusals: readonly ImportNote[]
}

/** More than this nobody reads in a terminal; the counts go on. */
const MAX_NOTES_OF_A_KIND = 50

/** Counts everything and keeps the first notes: memory does not grow with the mistakes in a file. */
export class ReportInProgress {
  imported = 0
  skipped = 0
  refused = 0
  readonly #skips: ImportNote[] = []
  readonly #refusals: ImportNote[] = []

  skip(note: ImportNote): void {
    this.skipped += 1
    if (this.#skips.length < MAX_NOTES_OF_A_KIND) this.#skips.push(note)
  }

  /** A line counts once, however much is wrong with it. */
  refuse(line: number, reasons: readonly string[]): void {
    this.refused += 1
    for (const reason of reasons) if (this.#refusals.length < MAX_NOTES_OF_A_KIND) this.#refusals.push({ line, reason })
  }

  finished(): ImportReport {
    const { imported, skipped, refused } = this
    return { imported, skipped, refused, skips: this.#skips, refusals: this.#refusals }
  }
}
