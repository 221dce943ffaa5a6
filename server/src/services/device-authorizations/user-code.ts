/** RFC 8628 section 6.1: eight of twenty consonants, so that no code is a word and none is misread. */
const USER_CODE = /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/

/** As the provider made it; undefined for what is none. Case, hyphens and blanks do not count. */
export function readUserCode(typed: string): string | undefined {
  const code = typed.replace(/[\s\p{Pd}]/gu, '').toUpperCase()
  return USER_CODE.test(code) ? code : undefined
}

/** As the device shows it. */
export function formatUserCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
