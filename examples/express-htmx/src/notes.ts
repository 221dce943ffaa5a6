import { randomUUID } from 'node:crypto'

export interface Note {
  readonly id: string
  readonly text: string
}

export const NOTE_MAX_LENGTH = 280
const NOTES_PER_USER = 50

/** Notes by user id, in memory: enough for an example, gone when the process ends. The oldest makes room for the fifty-first. */
export function createNotes() {
  const notesByUser = new Map<string, readonly Note[]>()
  const list = (userId: string) => notesByUser.get(userId) ?? []

  return {
    /** Newest first. */
    list,
    add(userId: string, text: string): void {
      notesByUser.set(userId, [{ id: randomUUID(), text }, ...list(userId)].slice(0, NOTES_PER_USER))
    },
    /** Looks only among this person's notes: an id of somebody else's is nothing here. */
    remove(userId: string, noteId: string): void {
      notesByUser.set(
        userId,
        list(userId).filter((note) => note.id !== noteId),
      )
    },
    count: () => [...notesByUser].map(([userId, notes]) => ({ userId, notes: notes.length })),
  }
}
