import { setTimeout as wait } from 'node:timers/promises'
import { codeFlow } from './code-flow.ts'
import { openLane, type HttpAnswer, type HttpLane } from './http-lane.ts'
import { refreshRequest, refreshTokenIn, type LoadJob, type LoadResult, type OverloadJob, type RefreshJob, type RepeatJob } from './jobs.ts'
import { signInByCode } from './sign-in-by-code.ts'
import { signInByPasskey } from './sign-in-by-passkey.ts'
import { createTally } from './tally.ts'

const TICK_MS = 2

export async function runJob(job: LoadJob): Promise<LoadResult> {
  switch (job.kind) {
    case 'repeat':
      return repeat(job)
    case 'refresh':
      return refresh(job)
    case 'overload':
      return overload(job)
    case 'passkey':
      return signInByPasskey(job)
    case 'code':
      return signInByCode(job)
    case 'code-flow':
      return codeFlow(job)
  }
}

/** Each lane asks for its next request until time is over, and its last answer is waited for. */
async function closedLoop(port: number, connections: number, seconds: number, next: (lane: number) => string, onAnswer: (lane: number, answer: HttpAnswer) => void) {
  const failed = Promise.withResolvers<never>()
  const lanes = await Promise.all(Array.from({ length: connections }, () => openLane(port, failed.reject)))
  const tally = createTally()
  const endsAt = performance.now() + seconds * 1_000
  const drive = (lane: HttpLane, index: number) =>
    new Promise<void>((resolve) => {
      const send = (): void => {
        const sentAt = performance.now()
        if (sentAt >= endsAt) return resolve()
        lane.send(next(index), (answer) => {
          tally.count(answer, sentAt)
          onAnswer(index, answer)
          send()
        })
      }
      send()
    })
  await Promise.race([Promise.all(lanes.map(drive)), failed.promise])
  const result = tally.result()
  for (const lane of lanes) lane.close()
  return result
}

function repeat(job: RepeatJob): Promise<LoadResult> {
  let sent = 0
  return closedLoop(job.port, job.connections, job.seconds, () => job.requests[sent++ % job.requests.length]!, () => {})
}

async function refresh(job: RefreshJob): Promise<LoadResult> {
  const tokens = [...job.tokens]
  const result = await closedLoop(
    job.port,
    tokens.length,
    job.seconds,
    (lane) => refreshRequest(tokens[lane]!, job.client),
    (lane, answer) => (tokens[lane] = refreshTokenIn(answer.body)),
  )
  return { ...result, tokens }
}

async function overload(job: OverloadJob): Promise<LoadResult> {
  const failed = Promise.withResolvers<never>()
  const refreshes = createTally()
  const signIns = createTally()
  const tokens = [...job.tokens]
  const idleTokens = tokens.map((_token, index) => index)
  const idleLanes: HttpLane[] = []
  const allLanes: HttpLane[] = []
  const underWay = new Set<Promise<void>>()

  async function ask(request: string, dueAt: number, onAnswer: (answer: HttpAnswer, dueAt: number) => void): Promise<void> {
    let lane = idleLanes.pop()
    if (!lane) allLanes.push((lane = await openLane(job.port, failed.reject)))
    await new Promise<void>((resolve) => {
      lane.send(request, (answer) => {
        idleLanes.push(lane)
        onAnswer(answer, dueAt)
        resolve()
      })
    })
  }
  const launch = (asked: Promise<void>): void => {
    underWay.add(asked)
    asked.then(() => underWay.delete(asked), failed.reject)
  }
  const dueRefreshes: number[] = []
  const startRefresh = (dueAt: number): void => {
    const index = idleTokens.shift()
    // Every session waits for its answer: this one leaves late, and its latency says so.
    if (index === undefined) return void dueRefreshes.push(dueAt)
    const asked = ask(refreshRequest(tokens[index]!), dueAt, (answer) => {
      refreshes.count(answer, dueAt)
      // A refused rotation left the token as it was: it is presented again.
      if (answer.status === 200) tokens[index] = refreshTokenIn(answer.body)
      idleTokens.push(index)
      const next = dueRefreshes.shift()
      if (next !== undefined) startRefresh(next)
    })
    launch(asked)
  }
  let signInsStarted = 0
  const startSignIn = (dueAt: number): void => launch(ask(job.signIns[signInsStarted++ % job.signIns.length]!, dueAt, signIns.count))

  const startedAt = performance.now()
  const pacers = [pacer(startedAt, job.refreshesPerSecond, startRefresh), pacer(startedAt, job.signInsPerSecond, startSignIn)]
  while (performance.now() < startedAt + job.seconds * 1_000) {
    for (const startDue of pacers) startDue()
    await Promise.race([wait(TICK_MS), failed.promise])
  }
  while (underWay.size > 0) await Promise.race([Promise.all(underWay), failed.promise])
  const result = refreshes.result()
  const signedIn = signIns.result()
  for (const lane of allLanes) lane.close()
  return { ...result, tokens, signInStatuses: signedIn.statuses, refusedWithRetryAfter: signedIn.refusedWithRetryAfter }
}

/** Starts whatever is due by now, each with the instant at which it was due. */
function pacer(startedAt: number, perSecond: number, start: (dueAt: number) => void): () => void {
  let started = 0
  return () => {
    const now = performance.now()
    const due = Math.floor(((now - startedAt) / 1_000) * perSecond)
    for (; started < due; started++) start(startedAt + ((started + 1) / perSecond) * 1_000)
  }
}
