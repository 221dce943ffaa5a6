import { parseDocument } from 'yaml'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'

/** A declared file is small, its pictures aside; larger is a mistake. */
const DECLARED_MAX_BYTES = 512 * 1_024

/** YAML 1.2 or JSON (which is YAML) to a value, or why it cannot be read; nothing in it runs or multiplies. */
export function parseDeclaredText(text: string): Result<unknown, readonly string[]> {
  if (Buffer.byteLength(text) > DECLARED_MAX_BYTES) return fail([`the file is larger than ${DECLARED_MAX_BYTES / 1_024} KiB`])
  const document = parseDocument(text, { uniqueKeys: true, schema: 'core' })
  if (document.errors.length > 0) return fail(document.errors.map((error) => error.message.split('\n')[0] ?? error.code))
  try {
    return succeed((document.toJS({ maxAliasCount: 0 }) as unknown) ?? {})
  } catch {
    return fail(['aliases (*name) are not taken'])
  }
}
