import type { ArtifactKind } from '../../domain/artifact-kind.ts'
import { sha256 } from '../../platform/digest.ts'

/** Kinds have namespaces of their own: a code is no refresh token, whatever it says (CVE-2026-4282). */
export function keyOf(kind: ArtifactKind, value: string): string {
  return sha256(`${kind}:${value}`)
}
