import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { constants, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { findFreePort } from './harness/free-port.ts'
import { bareEnvironment, collectOutput, REPOSITORY, waitForOutput } from './harness/gatepost.ts'
import { newAddress, signIn, signUp } from './harness/person.ts'

const NEXT_START_MS = 2_000
/** The promise is about a machine that does little else, and other tests run beside this one: the quickest of a few starts in calm moments. */
const STARTS_TO_MEASURE = 5
const CALM_IDLE_SHARE = 0.6
const CALM_WAIT_MS = 30_000
const COPIED = ['package.json', 'scripts']
const LINKED = ['server', 'gateway', 'sdk', 'examples', 'node_modules/.bin']
/** Of both lock files, what should be installed and what is: nothing is ever to be installed here. */
const LOCK = '{ "packages": {} }'

interface Start {
  readonly child: ChildProcess
  output(): string
  /** As a terminal does it: the whole process group gets SIGINT. The exit code as a shell gives it. */
  pressCtrlC(): Promise<number>
}

let browser: Browser
let checkout: string
let url: string
const started: Start[] = []

/** A checkout with everything installed, so that `npm start` keeps its data in a folder of its own. */
beforeAll(async () => {
  browser = await launchChromium()
  checkout = await mkdtemp(join(tmpdir(), 'gatepost-checkout-'))
  for (const name of COPIED) await cp(join(REPOSITORY, name), join(checkout, name), { recursive: true })
  await mkdir(join(checkout, 'node_modules'))
  for (const file of ['package-lock.json', 'node_modules/.package-lock.json']) await writeFile(join(checkout, file), LOCK)
  for (const name of LINKED) await symlink(join(REPOSITORY, name), join(checkout, name))
  url = `http://localhost:${await findFreePort()}`
})
afterEach(async () => {
  for (const start of started.splice(0)) await start.pressCtrlC()
})
afterAll(async () => {
  await browser?.close()
  await rm(checkout, { recursive: true, force: true })
})

function run(program: string, arguments_: readonly string[]): Start {
  const child = spawn(program, arguments_, {
    cwd: checkout,
    env: { ...bareEnvironment(), PUBLIC_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const start: Start = {
    child,
    output: collectOutput(child),
    async pressCtrlC() {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit')
        process.kill(-(child.pid ?? 0), 'SIGINT')
        await exit
      }
      return child.exitCode ?? 128 + constants.signals[child.signalCode ?? 'SIGINT']
    },
  }
  started.push(start)
  return start
}

/** Waits until the page opens that the start names. */
async function npmStart(): Promise<Start> {
  const start = run('npm', ['start'])
  await waitForOutput(start.child, start.output, 'Ctrl-C stops it.')
  expect((await fetch(url)).status).toBe(200)
  return start
}

const firstAdminLink = (start: Start) => /first admin\s+(\S+)/.exec(start.output())?.[1] ?? 'no link was printed'

test('Ctrl-C ends npm start without a loss, and of the links of two starts one makes an admin', { timeout: 120_000 }, async () => {
  const email = newAddress()
  const person = await openProfile(browser, url)
  const first = await npmStart()
  await signUp(person.page, email)
  // Some versions of npm end themselves with the signal, however the program ended: 128 + 2.
  expect([0, 130]).toContain(await first.pressCtrlC())
  await expect.poll(first.output, { timeout: 10_000 }).toContain('stopped')
  await expect(fetch(url)).rejects.toThrow()

  // Still signed in, and known by the password.
  const next = await npmStart()
  await person.page.goto('/notes')
  await person.page.getByRole('heading', { name: 'Your notes' }).waitFor()
  const other = await openProfile(browser, url)
  await signIn(other.page, email)
  await Promise.all([person.context.close(), other.context.close()])

  const admins: string[] = []
  for (const [name, link] of [['earlier', firstAdminLink(first)], ['later', firstAdminLink(next)]] as const) {
    const { page, context } = await openProfile(browser, url)
    await signUp(page)
    await page.goto(link)
    const button = page.getByRole('button', { name: 'Make me admin' })
    if (await button.isVisible()) await button.click()
    await page.getByRole('heading', { name: /You are the admin now|This link is used up/ }).waitFor()
    await page.goto('/admin')
    if (await page.getByRole('heading', { name: 'Admin', exact: true }).isVisible()) admins.push(name)
    await context.close()
  }
  expect(admins).toHaveLength(1)
})

test('a second start beside a running one says in one line that the port is in use, and changes nothing', { timeout: 60_000 }, async () => {
  const running = await npmStart()
  const { page, context } = await openProfile(browser, url)
  await signUp(page)

  const second = run(process.execPath, [join(REPOSITORY, 'server/src/main.ts'), 'dev'])
  await once(second.child, 'exit')
  expect([second.child.exitCode, second.output().trim().split('\n')]).toEqual([1, [expect.stringContaining(`port ${new URL(url).port} is in use`)]])

  await page.reload()
  await page.getByRole('heading', { name: 'Your notes' }).waitFor()
  expect(running.child.exitCode).toBeNull()
  await context.close()
})

test('a start beside existing data takes less than two seconds until the page opens', { timeout: 240_000 }, async () => {
  const durations: number[] = []
  while (durations.every((duration) => duration >= NEXT_START_MS) && durations.length < STARTS_TO_MEASURE) {
    await waitForCalm()
    const begin = performance.now()
    const start = await npmStart()
    durations.push(performance.now() - begin)
    await start.pressCtrlC()
    await expect.poll(start.output, { timeout: 10_000 }).toContain('stopped')
  }
  expect(Math.min(...durations)).toBeLessThan(NEXT_START_MS)
})

/** Returns when the processors have been idle for the most part, or after a while all the same. */
async function waitForCalm(): Promise<void> {
  const deadline = performance.now() + CALM_WAIT_MS
  const readTimes = () => {
    const times = cpus().map((cpu) => cpu.times)
    return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((one) => Object.values(one))) }
  }
  for (let isCalm = false; !isCalm && performance.now() < deadline; ) {
    const before = readTimes()
    await new Promise((resolve) => setTimeout(resolve, 300))
    const after = readTimes()
    isCalm = after.idle - before.idle > CALM_IDLE_SHARE * (after.all - before.all)
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
