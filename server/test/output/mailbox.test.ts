import { expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signUp } from '../harness/people.ts'
import { startTestServer } from '../harness/server.ts'

// One engine: whether the routes exist is decided from the configuration alone.
test.each([
  ['http://localhost:3000', 200],
  ['https://localhost:3000', 200],
  ['https://auth.example.com', 404],
  ['http://192.168.1.5:3000', 404],
  ['http://localhost.example.com', 404],
])('the development mailbox of %s answers %i: it holds everybody’s codes and opens on this very machine only', async (publicUrl, status) => {
  const server = await startTestServer(testEngines[0]!, { PUBLIC_URL: publicUrl })
  try {
    await signUp(server)
    expect((await server.browser().get('/auth/dev/mailbox')).statusCode).toBe(status)
  } finally {
    await server.close()
  }
})
