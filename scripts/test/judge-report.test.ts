import { describe, expect, test } from 'vitest'
import { judgeReport } from './judge-report.mjs'

const report = (changes = {}) => ({
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numFailedTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{}],
  ...changes,
})

describe('a run of tests', () => {
  test('passes when both its exit code and its report say so', () => {
    expect(judgeReport(0, report())).toEqual({ passed: true, testsRun: 3, counts: '3 passed in 1 files' })
  })

  test.each([
    ['the report has a failed test although the exit code is 0', 0, report({ success: false, numFailedTests: 1 })],
    ['a file could not be loaded', 0, report({ success: false, numFailedTestSuites: 1 })],
    ['the exit code is not 0', 1, report()],
    ['there is no report', 0, undefined],
  ])('fails when %s', (_name, exitCode, given) => {
    expect(judgeReport(exitCode, given).passed).toBe(false)
  })
})
