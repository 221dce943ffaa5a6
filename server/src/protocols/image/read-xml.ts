/** What a drawing consists of: elements with attributes, and text. Comments, the XML declaration and a bare doctype are left out. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (XmlElement | string)[]
  readonly line: number
}

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[]
}

/** Why a text is no XML of the plain kind we read. */
export class XmlProblem extends Error {
  override readonly name = 'XmlProblem'
}

const MAX_DEPTH = 64
const NAME = /[A-Za-z_][\w.:-]*/y
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * The root element of an XML 1.0 document without entities of its own (so nothing can be included or multiplied).
 * @throws {XmlProblem}
 */
export function readXml(text: string): XmlElement {
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  let countedTo = 0
  /** Counted on from the last place: from the beginning for each element would take the square of the time. */
  const lineHere = (): number => {
    for (let end = text.indexOf('\n', countedTo); end >= 0 && end < at; end = text.indexOf('\n', countedTo)) {
      line += 1
      countedTo = end + 1
    }
    return line
  }
  const refuse = (reason: string): never => {
    throw new XmlProblem(`line ${lineHere()}: ${reason}`)
  }
  const endAfter = (end: string, from: number): number => {
    const found = text.indexOf(end, from)
    return found < 0 ? refuse(`${end} is missing`) : found + end.length
  }
  const addText = (piece: string) => {
    const parent = open.at(-1)
    if (parent) parent.children.push(piece)
    else if (piece.trim() !== '') refuse('text stands outside of the drawing')
  }
  while (at < text.length) {
    if (text.startsWith('<!--', at)) at = endAfter('-->', at + 4)
    else if (text.startsWith('<![CDATA[', at)) {
      const end = endAfter(']]>', at)
      addText(text.slice(at + 9, end - 3))
      at = end
    } else if (text.startsWith('<?', at)) {
      if (!/^<\?xml\s/.test(text.slice(at, at + 6))) refuse('processing instructions are not allowed')
      at = endAfter('?>', at)
    } else if (/^<!doctype/i.test(text.slice(at, at + 9))) {
      const end = endAfter('>', at)
      if (text.slice(at, end).includes('[')) refuse('a doctype may declare nothing')
      at = end
    } else if (text.startsWith('</', at)) {
      const element = open.pop()
      const closing = `</${element?.name ?? ''}`
      const end = endAfter('>', at)
      if (!element || text.slice(at, end - 1).trimEnd() !== closing) refuse('a tag ends that was not begun')
      at = end
    } else if (text[at] === '<') readTag()
    else {
      const end = text.indexOf('<', at)
      const piece = text.slice(at, end < 0 ? text.length : end)
      addText(decode(piece, refuse))
      at += piece.length
    }
  }
  if (open.length > 0 || !root) return refuse(root ? `<${open.at(-1)?.name}> does not end` : 'there is no element')
  return root

  function readTag(): void {
    NAME.lastIndex = at + 1
    const name = NAME.exec(text)?.[0] ?? refuse('a < stands alone')
    if (root && open.length === 0) refuse('a second drawing follows')
    if (open.length >= MAX_DEPTH) refuse('elements are nested too deeply')
    const attributes = new Map<string, string>()
    const element: OpenElement = { name, attributes, children: [], line: lineHere() }
    let end = at + 1 + name.length
    for (;;) {
      ATTRIBUTE.lastIndex = end
      const found = ATTRIBUTE.exec(text)
      if (!found) break
      const [whole, key = '', double, single] = found
      if (attributes.has(key)) refuse(`the attribute ${key} is there twice`)
      attributes.set(key, decode(double ?? single ?? '', refuse))
      end += whole.length
    }
    const close = /^\s*(\/?)>/.exec(text.slice(end, end + 200))
    if (!close) return refuse(`the tag <${name}> cannot be read`)
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root = element
    if (close[1] !== '/') open.push(element)
    at = end + close[0].length
  }
}

function decode(text: string, refuse: (reason: string) => never): string {
  return text.replace(/&([^;\s]*);?/g, (whole, name: string) => {
    const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
    const code = number ? Number.parseInt(number[1] ?? number[2] ?? '', number[1] === undefined ? 10 : 16) : undefined
    const character = code === undefined ? ENTITIES[name] : code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : code === 10 || code === 9 || code === 13 ? ' ' : undefined
    return character ?? refuse(`the entity ${whole} is not known`)
  })
}
