import { SMTPServer } from 'smtp-server'
import { httpRequest, type CodeJob, type LoadResult } from './jobs.ts'
import { walkLoop } from './walk-loop.ts'

const FLOWS = '/auth/api/v1/authentication_flows'
/** The code stands alone on its line in the text part. */
const CODE = /^ {4}(\d{6})\r?$/m
const MAIL_TIMEOUT_MS = 10_000

const mailboxes = new Map<number, Map<string, (code: string) => void>>()

/** Each walk asks for a code, waits for the mail as any mail server would get it, and signs in with the code. */
export async function signInByCode(job: CodeJob): Promise<LoadResult> {
  const waiting = await openMailbox(job.smtpPort)
  const idle = [...job.addresses]
  return walkLoop(job, async (ask) => {
    const address = idle.shift()!
    try {
      const arrived = nextCode(waiting, address)
      const batch = [{ identification: 'email', login_id: address }, { authentication: 'primary_oob_otp_email' }]
      const begun = await ask(httpRequest('POST', FLOWS, job.headers, { type: 'login', name: 'default', batch_input: batch }))
      if (begun.status !== 200) return begun
      const { state_token: stateToken } = JSON.parse(begun.body) as { state_token: string }
      return await ask(httpRequest('POST', `${FLOWS}/states/input`, job.headers, { state_token: stateToken, input: { code: await arrived } }))
    } finally {
      idle.push(address)
    }
  })
}

function nextCode(waiting: Map<string, (code: string) => void>, address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('a code was not mailed in time')), MAIL_TIMEOUT_MS)
    waiting.set(address, (code) => {
      clearTimeout(timer)
      resolve(code)
    })
  })
}

async function openMailbox(port: number): Promise<Map<string, (code: string) => void>> {
  const known = mailboxes.get(port)
  if (known) return known
  const waiting = new Map<string, (code: string) => void>()
  mailboxes.set(port, waiting)
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        done()
        const code = CODE.exec(Buffer.concat(chunks).toString('latin1'))?.[1]
        if (code !== undefined) for (const { address } of envelope.rcptTo) waiting.get(address)?.(code)
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  return waiting
}
