import { realpathSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

/**
 * Syncs the log beside a SQLite file. SQLite would do so inside the commit, and node:sqlite with it stops the event loop
 * for as long as the disk takes.
 */
export class WriteAheadLog {
  readonly #path: string
  #file: Promise<FileHandle> | undefined

  /** `path` of the database: SQLite puts its log beside the file that links lead to (sqlite.org/wal.html). */
  constructor(path: string) {
    this.#path = `${realpathSync(path)}-wal`
  }

  /** Everything committed before the call is on disk when this resolves. Throws what the disk answers. */
  async sync(): Promise<void> {
    // The log is there as long as any connection is; opened once, since it is made with the first of them.
    this.#file ??= open(this.#path, 'r+')
    try {
      await (await this.#file).datasync()
    } catch (error) {
      this.#file = undefined
      throw error
    }
  }

  async close(): Promise<void> {
    const file = await this.#file?.catch(() => undefined)
    this.#file = undefined
    await file?.close()
  }
}
