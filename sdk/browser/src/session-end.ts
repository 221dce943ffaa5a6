import type { Page } from './page.ts'

export type SessionEndListener = () => void

export interface SessionEnd {
  /** Returns what takes the listener away again. */
  listen(listener: SessionEndListener): () => void
  /** Calls the listeners of this tab. */
  announce(): void
  tellOtherTabs(): void
}

const MESSAGE = 'session_ended'

/** Carries the news that a session ended. The channel is open only while somebody listens. */
export function createSessionEnd(page: Page, name: string, onMessage: () => void): SessionEnd {
  const listeners = new Set<SessionEndListener>()
  let channel: BroadcastChannel | undefined

  return {
    listen(listener) {
      const own = () => listener()
      listeners.add(own)
      if (channel === undefined) {
        channel = page.openChannel(name)
        channel?.addEventListener('message', ({ data }) => {
          if (data === MESSAGE) onMessage()
        })
      }
      return () => {
        listeners.delete(own)
        if (listeners.size > 0) return
        channel?.close()
        channel = undefined
      }
    },
    announce() {
      // Apart from the caller: what a listener throws is the listener's, not the request's.
      for (const listener of listeners) void Promise.resolve().then(listener)
    },
    tellOtherTabs() {
      const sender = channel ?? page.openChannel(name)
      sender?.postMessage(MESSAGE)
      if (sender !== channel) sender?.close()
    },
  }
}
