import { expect, test } from 'vitest'
import { checkSvg } from './check-svg.ts'

const drawing = (inner: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">${inner}</svg>`)

/** The fastest of some runs, in milliseconds: what else the machine does only adds to it. */
function fastest(work: () => void): number {
  const runs = Array.from({ length: 5 }, () => {
    const startedAt = performance.now()
    work()
    return performance.now() - startedAt
  })
  return Math.min(...runs)
}

// security case O13
test('a drawing of many lines is read in the time of the same bytes on one line', () => {
  const [long, many] = [' ', '\n'].map((gap) => drawing(`${gap}<g/>`.repeat(12_900)))
  expect(checkSvg(many!).ok).toBe(true)
  const onOneLine = fastest(() => checkSvg(long!))
  expect(fastest(() => checkSvg(many!))).toBeLessThan(4 * onOneLine + 5)
})

test('a refusal names its line, wherever lines end', () => {
  for (const [inner, line] of [['<script/>', 1], ['\n<script/>', 2], ['<g\n\n/><g/>\n\n<script/>', 5], ['<!--\n\n--><script/>', 3], ['\n&x;', 1], ['\n<g/>\n<g a="\n" <', 3]] as const) {
    const checked = checkSvg(drawing(inner))
    expect([inner, checked.ok ? '' : checked.failure.join()]).toEqual([inner, expect.stringContaining(`line ${line}:`)])
  }
})
