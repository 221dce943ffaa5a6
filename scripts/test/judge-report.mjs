import { stripVTControlCharacters } from 'node:util'

/**
 * What a run of Vitest comes to. Neither its exit code nor its report is believed alone: a library that hooks the end of
 * the process can turn a failure's exit code into 0. `failures` names each failed test with the first line of its reason.
 */
export function judgeReport(exitCode, report) {
  if (report === undefined) return { passed: false, testsRun: 0, counts: 'no report', failures: [] }
  const { success, numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, numTodoTests, testResults } = report
  const isWhole = success === true && numFailedTests === 0 && numFailedTestSuites === 0
  const parts = [`${numPassedTests} passed`]
  if (numFailedTests > 0) parts.push(`${numFailedTests} failed`)
  if (numPendingTests + numTodoTests > 0) parts.push(`${numPendingTests + numTodoTests} skipped`)
  return {
    passed: exitCode === 0 && isWhole,
    testsRun: numPassedTests + numFailedTests,
    counts: `${parts.join(', ')} in ${testResults.length} files`,
    failures: testResults.flatMap(failuresOf),
  }
}

function failuresOf({ name, status, message, assertionResults = [] }) {
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0 && status === 'failed') return [`${name}: ${firstLine(message)}`]
  return failed.map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`)
}

function firstLine(text) {
  return stripVTControlCharacters(text ?? '').split('\n', 1)[0]
}
