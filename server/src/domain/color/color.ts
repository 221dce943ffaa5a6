/** A colour of sRGB; each part from 0 to 255. */
export interface Color {
  readonly red: number
  readonly green: number
  readonly blue: number
}

/** `#1d6650` or `#fff`; undefined for anything else. */
export function parseColor(text: string): Color | undefined {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1]
  if (digits === undefined) return undefined
  const pairs = digits.length === 3 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? [])
  const [red = 0, green = 0, blue = 0] = pairs.map((pair) => Number.parseInt(pair, 16))
  return { red, green, blue }
}

export function writeColor({ red, green, blue }: Color): string {
  return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}

/** `share` of the one (0 to 1) over the rest of the other. */
export function mixColors(one: Color, other: Color, share: number): Color {
  const mix = (a: number, b: number) => Math.round(a * share + b * (1 - share))
  return { red: mix(one.red, other.red), green: mix(one.green, other.green), blue: mix(one.blue, other.blue) }
}
