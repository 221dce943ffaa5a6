/**
 * What a run of Vitest comes to. Neither its exit code nor its report is believed alone: a library that hooks the end of
 * the process can turn a failure's exit code into 0.
 */
export function judgeReport(exitCode, report) {
  if (report === undefined) return { passed: false, testsRun: 0, counts: 'no report' }
  const { success, numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, numTodoTests, testResults } = report
  const isWhole = success === true && numFailedTests === 0 && numFailedTestSuites === 0
  const parts = [`${numPassedTests} passed`]
  if (numFailedTests > 0) parts.push(`${numFailedTests} failed`)
  if (numPendingTests + numTodoTests > 0) parts.push(`${numPendingTests + numTodoTests} skipped`)
  return {
    passed: exitCode === 0 && isWhole,
    testsRun: numPassedTests + numFailedTests,
    counts: `${parts.join(', ')} in ${testResults.length} files`,
  }
}
