/** The rules of sessions and tokens of one account, in as few words as they have: what the server is compared with. */
import fc from 'fast-check'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
const WINDOW = 10 * SECOND
const ACCESS_LIFE = 10 * MINUTE
const IDLE_LIFE = 14 * DAY
const ABSOLUTE_LIFE = 60 * DAY
/** The clock runs on while a step is made: what lies this close to a boundary is not asked. */
const UNSURE = 3 * SECOND

export type Step =
  | { readonly step: 'wait'; readonly ms: number }
  | { readonly step: 'sign_in'; readonly isRight: boolean }
  | { readonly step: 'refresh'; readonly pick: number; readonly generationsBack: number }
  | { readonly step: 'use_access' | 'sign_out' | 'change_password' | 'end_others'; readonly pick: number }
  | { readonly step: 'disable' | 'enable' }

const pick = fc.nat({ max: 1_000 })
const stepOf = <Name extends string>(step: Name) => fc.record({ step: fc.constant(step), pick })

export const STEPS: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ step: fc.constant('refresh' as const), pick, generationsBack: fc.constantFrom(0, 0, 0, 0, 1, 1, 2) }) },
  { weight: 5, arbitrary: fc.record({ step: fc.constant('sign_in' as const), isRight: fc.constantFrom(true, true, true, false) }) },
  { weight: 5, arbitrary: stepOf('use_access' as const) },
  { weight: 4, arbitrary: fc.record({ step: fc.constant('wait' as const), ms: fc.constantFrom(SECOND, 15 * SECOND, 11 * MINUTE, 4 * DAY, 13 * DAY, 15 * DAY) }) },
  { weight: 1, arbitrary: stepOf('sign_out' as const) },
  { weight: 1, arbitrary: stepOf('change_password' as const) },
  { weight: 1, arbitrary: stepOf('end_others' as const) },
  { weight: 1, arbitrary: fc.record({ step: fc.constantFrom('disable' as const, 'enable' as const) }) },
)

interface Tokens {
  readonly access: string
  readonly refresh: string
}
interface Session {
  isEnded: boolean
  idleEnd: number
  readonly absoluteEnd: number
  /** Oldest first; the last one lives. */
  readonly refresh: string[]
  rotatedAt: number
  readonly access: { token: string; end: number }[]
}

export function createReference(given: { password: string; now: () => number }) {
  const { now } = given
  const sessions: Session[] = []
  let isDisabled = false

  const isLive = (session: Session) => !session.isEnded && now() < session.idleEnd && now() < session.absoluteEnd
  const isUnsure = (...instants: number[]) => instants.some((instant) => Math.abs(now() - instant) < UNSURE)
  const chosen = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)]

  function addAccess(session: Session, token: string): void {
    session.access.push({ token, end: Math.min(now() + ACCESS_LIFE, session.absoluteEnd) })
  }
  const everyAccess = () =>
    sessions.flatMap((session) =>
      session.access
        .filter(({ end }) => !isUnsure(end, session.idleEnd, session.absoluteEnd))
        .map(({ token, end }) => ({ token, session, isGood: isLive(session) && now() < end })),
    )

  return {
    password: given.password,
    mayEnter: (isRight: boolean) => isRight && !isDisabled,
    signedIn(tokens: Tokens) {
      const session: Session = {
        isEnded: false,
        idleEnd: now() + IDLE_LIFE,
        absoluteEnd: now() + ABSOLUTE_LIFE,
        refresh: [tokens.refresh],
        rotatedAt: 0,
        access: [],
      }
      addAccess(session, tokens.access)
      sessions.push(session)
    },
    /** A refresh token of some session, how it will be answered, and what follows; undefined where time decides too closely. */
    present(which: number, generationsBack: number) {
      const session = chosen(sessions, which)
      const token = session?.refresh.at(-1 - generationsBack)
      if (!session || token === undefined || isUnsure(session.idleEnd, session.absoluteEnd, session.rotatedAt + WINDOW)) return undefined
      const isRepeat = generationsBack === 1 && now() - session.rotatedAt <= WINDOW
      const isGood = isLive(session) && (generationsBack === 0 || isRepeat)
      if (!isGood) session.isEnded = true
      return {
        token,
        expected: { isGood, successor: isRepeat ? session.refresh.at(-1) : undefined },
        renewed(tokens: Tokens) {
          addAccess(session, tokens.access)
          if (isRepeat) return
          session.refresh.push(tokens.refresh)
          session.rotatedAt = now()
          session.idleEnd = Math.min(now() + IDLE_LIFE, session.absoluteEnd)
        },
      }
    },
    pickAccess: (which: number) => chosen(everyAccess(), which),
    allAccess: everyAccess,
    /** A session that can act now, by its newest good access token. */
    pickLive(which: number) {
      const held = chosen(everyAccess().filter((access) => access.isGood), which)
      if (!held) return undefined
      const { session } = held
      return {
        access: held.token,
        end: () => void (session.isEnded = true),
        endOthers() {
          for (const other of sessions) if (other !== session) other.isEnded = true
        },
      }
    },
    disabled() {
      isDisabled = true
      for (const session of sessions) session.isEnded = true
    },
    enabled() {
      isDisabled = false
    },
  }
}
