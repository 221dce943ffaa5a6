import { formRequest, httpRequest, type CodeFlowJob, type LoadResult } from './jobs.ts'
import { walkLoop } from './walk-loop.ts'

const CODE = /\r\nlocation: [^\r\n]*[?&]code=([^&\r\n]+)/i

/** Each walk asks for a code as somebody who is signed in, and redeems it; it counts as the answer with the tokens. */
export async function codeFlow(job: CodeFlowJob): Promise<LoadResult> {
  let begun = 0
  return walkLoop(job, async (ask) => {
    const cookie = job.cookies[begun++ % job.cookies.length]!
    const sent = await ask(httpRequest('GET', job.authorizationPath, { cookie }))
    const code = CODE.exec(sent.head)?.[1]
    if (code === undefined) return sent
    return ask(formRequest('/auth/oauth2/token', job.authorization, { ...job.redemption, code }))
  })
}
