/**
 * Properties that change how something looks and neither where it is, nor whether it is seen, nor what it says. A list of
 * what is allowed, so that `behavior`, `-moz-binding` and whatever comes next are refused without being known.
 */
const PROPERTIES = new Set([
  ...['color', 'background', 'background-color', 'background-image', 'background-size', 'background-position', 'background-repeat', 'accent-color', 'caret-color'],
  ...['font', 'font-family', 'font-size', 'font-weight', 'font-style', 'font-stretch', 'font-variant', 'font-variant-numeric', 'font-feature-settings', 'line-height'],
  ...['letter-spacing', 'word-spacing', 'text-align', 'text-transform', 'text-decoration', 'text-decoration-color', 'text-decoration-thickness', 'text-underline-offset'],
  ...['text-wrap', 'text-shadow', 'white-space', 'overflow-wrap', 'hyphens', 'box-shadow', 'outline', 'outline-color', 'outline-offset', 'outline-width', 'outline-style'],
  ...['width', 'min-width', 'max-width', 'height', 'min-height', 'box-sizing', 'gap', 'row-gap', 'column-gap', 'align-items', 'justify-content', 'justify-self', 'align-self'],
  ...['flex-direction', 'flex-wrap', 'transition', 'transition-duration', 'transition-property', 'transition-timing-function', 'cursor'],
])
const FAMILIES = /^(padding|margin|border)(-|$)/

/** `border-image` draws pictures: it is no border like the others. */
export function isAllowedProperty(name: string): boolean {
  return PROPERTIES.has(name) || (FAMILIES.test(name) && !name.startsWith('border-image'))
}
