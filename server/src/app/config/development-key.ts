import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'

const DEVELOPMENT_KEY_FILE = './data/encryption.key'

/**
 * The key of a development installation: made once and kept beside the data, readable by its owner alone. It appears
 * under its name whole or not at all, so that of two processes that start together both use the one that came first.
 */
export function developmentKey(): Result<string, string> {
  try {
    const key = readKey() ?? makeKey()
    if (/^[0-9a-f]{64}$/i.test(key)) return succeed(key)
    return fail(`${DEVELOPMENT_KEY_FILE} does not hold a key of 64 hexadecimal digits: put the right one back, or remove it to have a new one made`)
  } catch (error) {
    return fail(`ENCRYPTION_KEY is not set, and ${DEVELOPMENT_KEY_FILE} cannot be used for one (${(error as NodeJS.ErrnoException).code}): set it, or make ./data writable`)
  }
}

function readKey(): string | undefined {
  try {
    return readFileSync(DEVELOPMENT_KEY_FILE, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function makeKey(): string {
  mkdirSync(dirname(DEVELOPMENT_KEY_FILE), { recursive: true, mode: 0o700 })
  const draft = `${DEVELOPMENT_KEY_FILE}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  try {
    linkSync(draft, DEVELOPMENT_KEY_FILE)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return readFileSync(DEVELOPMENT_KEY_FILE, 'utf8').trim()
}
