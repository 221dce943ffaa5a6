import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('../../../docs/flows.md', import.meta.url), 'utf8')

/** A fenced block of docs/flows.md, by its language. */
function blockOf(language: string): string {
  const block = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)?.[1]
  if (block === undefined) throw new Error(`docs/flows.md has no ${language} block`)
  return block
}

/** The settings of the example, and what `gatepost flows show` says about its flow. */
export const EXAMPLE_SETTINGS = blockOf('yaml')
export const EXAMPLE_SHOWN = blockOf('text')
