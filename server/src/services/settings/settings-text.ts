import { stringify } from 'yaml'
import type { z } from 'zod'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { parseDeclaredText } from './declared-text.ts'
import { policyOf, SettingsDocument } from './document.ts'
import { checkFlows } from './groups/flows.ts'
import { mendStored } from './mend-stored.ts'

/** One problem a line: where it is and what is wrong. */
export type SettingsProblems = readonly string[]

/** YAML 1.2 or JSON (which is YAML) to a whole document, or every problem in it. `isStored`: an earlier release took it. */
export function parseSettings(text: string, { isStored = false } = {}): Result<SettingsDocument, SettingsProblems> {
  const read = parseDeclaredText(text)
  if (!read.ok) return read
  const parsed = SettingsDocument.safeParse(isStored ? mendStored(read.value) : read.value)
  if (!parsed.success) return fail(parsed.error.issues.flatMap(describe))
  // Beside settings that are whole: what a flow may offer is what they allow.
  const problems = checkFlows(parsed.data.flows, policyOf(parsed.data))
  return problems.length === 0 ? succeed(parsed.data) : fail(problems.map(({ path, message }) => `${path.join('.')}: ${message}`))
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
