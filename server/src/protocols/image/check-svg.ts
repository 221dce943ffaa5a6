import { tokenize } from '@csstools/css-tokenizer'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { refusedValue } from '../custom-css/index.ts'
import type { XmlElement } from './read-xml.ts'
import { readXml, XmlProblem } from './read-xml.ts'
import { LEFT_OUT_ELEMENTS, SVG_ATTRIBUTES, SVG_ELEMENTS } from './svg-vocabulary.ts'

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg'
/** References to references multiply; a logo has a handful. */
const MAX_USES = 20

/**
 * A drawing as it may be served under our origin: still, self-contained, written anew out of elements and attributes that
 * are known to be harmless. What drawing programs leave behind is left out; what acts or loads is refused, with its line.
 */
export function checkSvg(bytes: Uint8Array): Result<string, readonly string[]> {
  let root: XmlElement
  try {
    root = readXml(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof XmlProblem) return fail([error.message])
    if (error instanceof TypeError) return fail(['is not in UTF-8'])
    throw error
  }
  if (root.name !== 'svg' || root.attributes.get('xmlns') !== SVG_NAMESPACE) return fail([`is no <svg xmlns="${SVG_NAMESPACE}">`])
  const problems: string[] = []
  const hasSize = root.attributes.has('viewBox') || (root.attributes.has('width') && root.attributes.has('height'))
  if (!hasSize) problems.push('the drawing has no viewBox, and so no shape')
  const text = writeElement(root, problems, true)
  if ((text.match(/<use[ />]/g) ?? []).length > MAX_USES) problems.push(`there are more than ${MAX_USES} <use>`)
  return problems.length === 0 ? succeed(text) : fail(problems)
}

function writeElement(element: XmlElement, problems: string[], isRoot = false): string {
  const { name, children, line } = element
  if (name.includes(':') || LEFT_OUT_ELEMENTS.has(name)) return ''
  if (!SVG_ELEMENTS.has(name)) {
    problems.push(`line ${line}: <${name}> is not allowed`)
    return ''
  }
  const attributes = [...element.attributes].flatMap(([key, value]) => writeAttribute(element, key, value, problems))
  if (isRoot) attributes.unshift(`xmlns="${SVG_NAMESPACE}"`)
  const inner = name === 'style' ? writeStyle(element, problems) : children.map((child) => (typeof child === 'string' ? escape(child) : writeElement(child, problems))).join('')
  return `<${[name, ...attributes].join(' ')}>${inner}</${name}>`
}

function writeAttribute({ name, line }: XmlElement, key: string, value: string, problems: string[]): string[] {
  const refuse = (reason: string): string[] => {
    problems.push(`line ${line}: ${reason}`)
    return []
  }
  if (/^on/i.test(key)) return refuse(`the attribute ${key} of <${name}> would run a script`)
  if (key === 'href' || key === 'xlink:href') {
    return /^#[\w.-]+$/.test(value) ? [`href="${escape(value)}"`] : refuse(`the attribute ${key} of <${name}> leads out of the drawing`)
  }
  if (!SVG_ATTRIBUTES.has(key)) return []
  const reason = /[(\\]/.test(value) || key === 'style' ? refusedStyle(value) : undefined
  return reason === undefined ? [`${key}="${escape(value)}"`] : refuse(`the attribute ${key} of <${name}>: ${reason}`)
}

function writeStyle({ children, line }: XmlElement, problems: string[]): string {
  const style = children.map((child) => (typeof child === 'string' ? child : '<')).join('')
  const reason = refusedStyle(style)
  if (reason !== undefined) problems.push(`line ${line}: <style>: ${reason}`)
  return escape(style)
}

/** Style inside a drawing may name parts of the same drawing, and load nothing. */
function refusedStyle(css: string): string | undefined {
  if (/[\\<]/.test(css)) return 'escapes are not allowed; write the character itself'
  const atRules = [...css.matchAll(/@([\w-]*)/g)].map(([, name]) => name?.toLowerCase())
  if (atRules.some((name) => name !== 'media')) return `@${atRules.find((name) => name !== 'media')} is not allowed`
  if (/behavior|-moz-binding/i.test(css)) return 'binding something to a style is not allowed'
  return refusedValue(tokenize({ css }), { isSvg: true })
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
