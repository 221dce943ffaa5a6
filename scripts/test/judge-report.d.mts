export function judgeReport(
  exitCode: number | null,
  report: unknown,
): { passed: boolean; testsRun: number; counts: string; failures: string[] }
