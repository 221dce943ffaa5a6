/** JSON that is unambiguous: no key twice in an object, no prototype keys. Throws SyntaxError otherwise. */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (countKeys(value) !== countKeyTokens(text)) throw new SyntaxError('a key is given twice')
  return value
}

/** In valid JSON a string followed by a colon is a key, and nothing else is. */
function countKeyTokens(text: string): number {
  let count = 0
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon !== undefined) count += 1
  return count
}

function countKeys(root: unknown): number {
  let count = 0
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    const keys = Object.keys(value)
    if (keys.includes('__proto__') || keys.includes('constructor') || keys.includes('prototype')) throw new SyntaxError('a reserved key is given')
    if (!Array.isArray(value)) count += keys.length
    for (const child of Object.values(value)) open.push(child)
  }
  return count
}
