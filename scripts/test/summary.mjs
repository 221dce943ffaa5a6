import { leftOut } from './engines.mjs'

const LONGEST_COUNTS = 80

/** The one table at the end: step, result, seconds, counts; and before it each failed test, for who sees only the end of a log. */
export function printSummary(results, engineNames) {
  for (const failure of results.flatMap((result) => result.failures ?? [])) console.log(`  failed: ${failure}`)
  console.log('\nSummary')
  for (const { name, passed, seconds, counts } of results) {
    const columns = [passed ? 'ok    ' : 'FAILED', name.padEnd(13), `${seconds.toFixed(1).padStart(6)} s`, counts.slice(0, LONGEST_COUNTS)]
    console.log(`  ${columns.join('  ')}`)
  }
  const failed = results.filter((result) => !result.passed).length
  const missing = leftOut(engineNames)
  const completeness = missing.length === 0 ? '(all)' : `(LEFT OUT by GATEPOST_TEST_ENGINES: ${missing.join(', ')})`
  console.log(`  engines: ${engineNames.join(', ')} ${completeness}`)
  console.log(failed === 0 ? '  everything passed' : `  ${failed} of ${results.length} steps failed`)
}
