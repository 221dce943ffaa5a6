import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Mood = 'well' | 'silent' | 'broken' | 'chatty' | 'elsewhere' | 'endless'

/** A server that speaks the range protocol of Have I Been Pwned over a socket, and can be unwell. */
export interface RangeServer {
  readonly url: string
  readonly asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[]
  mood: Mood
  /** Makes it know a password, seen so many times; 0 is a line of padding. */
  know(password: string, count: number): void
  close(): Promise<void>
}

export const sha1 = (text: string) => createHash('sha1').update(text.normalize('NFKC'), 'utf8').digest('hex').toUpperCase()

export async function startRangeServer(): Promise<RangeServer> {
  const counts = new Map<string, number>()
  const asked: RangeServer['asked'] = []
  const state = { mood: 'well' as Mood }
  const listener = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers })
    switch (state.mood) {
      case 'well': {
        const prefix = (request.url ?? '').split('/').at(-1) ?? ''
        const known = [...counts].filter(([digest]) => digest.startsWith(prefix)).map(([digest, count]) => `${digest.slice(5)}:${count}`)
        const padding = Array.from({ length: 800 }, (_one, nth) => `${sha1(`padding ${nth}`).slice(5)}:0`)
        return response.end([...padding, ...known].sort().join('\r\n'))
      }
      case 'silent':
        return
      case 'broken':
        return response.writeHead(500).end('oops')
      case 'chatty':
        return response.end('<html>Please sign in to the network first</html>')
      case 'elsewhere':
        return response.writeHead(302, { location: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/other` }).end()
      case 'endless': {
        const line = `${'0'.repeat(35)}:1\r\n`.repeat(1_000)
        const pour = () => {
          while (!response.destroyed && response.write(line));
        }
        response.on('drain', pour)
        return pour()
      }
    }
  })
  listener.listen(0, '127.0.0.1')
  await new Promise((resolve) => listener.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    asked,
    get mood() {
      return state.mood
    },
    set mood(mood) {
      state.mood = mood
    },
    know: (password, count) => void counts.set(sha1(password), count),
    async close() {
      listener.closeAllConnections()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}
