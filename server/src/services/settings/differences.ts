import { sha256 } from '../../platform/digest.ts'

const MAX_SHOWN_LENGTH = 80

/** What a change of settings would do, one line a value: `second_factor.mode: optional -> required`. */
export function listDifferences(from: unknown, to: unknown): string[] {
  const before = flatten(from)
  const after = flatten(to)
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)]
    return was === is ? [] : [`${path}: ${was ?? '(unset)'} -> ${is ?? '(unset)'}`]
  })
}

function flatten(value: unknown, path = ''): Map<string, string> {
  const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isBranch) return new Map([[path, Array.isArray(value) ? `[${value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : one)).join(', ')}]` : shorten(String(value))]])
  const prefix = path === '' ? '' : `${path}.`
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, `${prefix}${key}`)]))
}

/** One line of it; with a digest, so that two long texts that differ do not look the same. */
function shorten(text: string): string {
  const isShown = text.length <= MAX_SHOWN_LENGTH && !text.includes('\n')
  return isShown ? text : `${text.split('\n', 1)[0]?.slice(0, MAX_SHOWN_LENGTH / 2)}… (${text.length} characters, ${sha256(text).slice(0, 8)})`
}
