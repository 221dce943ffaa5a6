import type { z } from 'zod'

/** One sentence for each problem, the field in front; values are never repeated. */
export function describeIssues(error: z.ZodError, within?: string): string[] {
  return error.issues.flatMap((issue) => {
    const path = [within, ...issue.path].filter((part) => part !== undefined).join('.')
    const where = path === '' ? 'the line' : path
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${where}: the field ${JSON.stringify(key)} is not known`)
    return [`${where}: ${issue.message}`]
  })
}
