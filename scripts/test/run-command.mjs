import { spawn } from 'node:child_process'
import { root } from '../install/places.mjs'

/** Runs a program in the repository's root. `show`: its output goes to the terminal as it comes, else it is returned. */
export function runCommand(program, arguments_, { environment, show }) {
  return new Promise((resolve) => {
    const stream = show ? 'inherit' : 'pipe'
    const child = spawn(program, arguments_, { cwd: root, env: environment, stdio: ['ignore', stream, stream] })
    let output = ''
    const collect = (chunk) => {
      output += chunk
    }
    child.stdout?.setEncoding('utf8').on('data', collect)
    child.stderr?.setEncoding('utf8').on('data', collect)
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
