/** A guess at how long a new password would stand, made from what is on the page alone. The server decides. */

/** Somebody who listens hears the word once they pause. */
const PAUSE_MILLISECONDS = 400
/** From how many unpredictable characters on it is called fair, good, strong. */
const FAIR = 8
const GOOD = 12
const STRONG = 16

for (const line of document.querySelectorAll('[data-strengths]')) showStrength(line)

function showStrength(line) {
  const input = line.parentElement.querySelector('input')
  const words = line.dataset.strengths.split('|')
  const [meter, word] = [line.querySelector('meter'), line.querySelector('span')]
  let timer
  input.addEventListener('input', () => {
    const strength = strengthOf(input.value, input.minLength, knownOf(input))
    line.hidden = input.value === ''
    meter.value = strength
    clearTimeout(timer)
    timer = setTimeout(() => (word.textContent = words[strength]), PAUSE_MILLISECONDS)
  })
}

/** What others know of this person, as far as it stands in the form. */
function knownOf({ form }) {
  const typed = [...form.querySelectorAll('[autocomplete^="username"]')].map((field) => field.value.toLowerCase())
  return typed.flatMap((text) => [text, text.split('@')[0]]).filter((part) => part.length > 3)
}

/** 0 too short, then 1 to 4. */
function strengthOf(password, minimum, known) {
  if ([...password].length < minimum) return 0
  const rest = known.reduce((text, part) => text.replaceAll(part, ''), password.toLowerCase())
  const count = unpredictable([...rest])
  return 1 + [FAIR, GOOD, STRONG].filter((least) => count >= least).length
}

/** Repeats and sequences (aaaa, 1234, dcba) add little; what was there before adds half. */
function unpredictable(characters) {
  const seen = new Set()
  let count = 0
  for (const [at, one] of characters.entries()) {
    const step = at === 0 ? 9 : Math.abs(one.codePointAt(0) - characters[at - 1].codePointAt(0))
    count += step < 2 ? 0.2 : seen.has(one) ? 0.5 : 1
    seen.add(one)
  }
  return count
}
