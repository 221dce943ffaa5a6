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
    expect(judgeReport(0, report())).toEqual({ passed: true, testsRun: 3, counts: '3 passed in 1 files', failures: [] })
  })

  test.each([
    ['the report has a failed test although the exit code is 0', 0, report({ success: false, numFailedTests: 1 })],
    ['a file could not be loaded', 0, report({ success: false, numFailedTestSuites: 1 })],
    ['the exit code is not 0', 1, report()],
    ['there is no report', 0, undefined],
  ])('fails when %s', (_name, exitCode, given) => {
    expect(judgeReport(exitCode, given).passed).toBe(false)
  })

  test('names each failed test, and each file that could not be loaded, with the first line of the reason', () => {
    const failedTest = { status: 'failed', fullName: 'a person signs in', failureMessages: ['\u001b[31mno button\u001b[39m\nat line 3'] }
    const testResults = [
      { name: 'walk.test.ts', status: 'failed', message: '', assertionResults: [{ status: 'passed' }, failedTest] },
      { name: 'start.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ]
    expect(judgeReport(1, report({ success: false, numFailedTests: 1, testResults })).failures).toEqual([
      'walk.test.ts > a person signs in: no button',
      'start.test.ts: no such module',
    ])
  })
})
