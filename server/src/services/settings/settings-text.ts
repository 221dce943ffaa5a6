import { stringify } from 'yaml'
import type { z } from 'zod'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { parseDeclaredText } from './declared-text.ts'
import { policyOf, SettingsDocument } from './document.ts'
import { checkFlows } from './groups/flows.ts'
import { describeIssue } from './describe-issue.ts'
import { leaveOutFlows, mendStored } from './mend-stored.ts'

/** One problem a line: where it is and what is wrong. */
export type SettingsProblems = readonly string[]

export interface ReadSettings {
  readonly document: SettingsDocument
  /** What the text says and this release does not follow, with why; only of a stored text. */
  readonly notInForce: readonly string[]
}

/** YAML 1.2 or JSON (which is YAML) to a whole document, or every problem in it. `isStored`: an earlier release took it. */
export function parseSettings(text: string, { isStored = false } = {}): Result<ReadSettings, SettingsProblems> {
  const read = parseDeclaredText(text)
  if (!read.ok) return read
  const mended = isStored ? mendStored(read.value) : { value: read.value, notInForce: [] }
  const parsed = SettingsDocument.safeParse(mended.value, { error: describeIssue })
  if (!parsed.success) return fail(parsed.error.issues.flatMap(describe))
  // Beside settings that are whole: what a flow may offer is what they allow.
  const problems = checkFlows(parsed.data.flows, policyOf(parsed.data))
  const kept = isStored ? leaveOutFlows(parsed.data, problems) : { document: parsed.data, notInForce: [], problems }
  if (kept.problems.length > 0) return fail(kept.problems.map(({ path, message }) => `${path.join('.')}: ${message}`))
  return succeed({ document: kept.document, notInForce: [...mended.notInForce, ...kept.notInForce] })
}

function describe(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${[...path, key].join('.')}: is not a setting`)
  return [`${path.join('.') || 'the file'}: ${issue.message}`]
}

/** Every setting, spelled out. */
export function writeSettings(document: SettingsDocument): string {
  return stringify(document, { flowCollectionPadding: false, lineWidth: 0 })
}
