import { createHash } from 'node:crypto'
import type { Result } from '../../domain/result.ts'
import { fail } from '../../domain/result.ts'
import type { BreachCheckFailure } from './breach-check-failure.ts'
import { searchHashFile } from './hash-file.ts'
import { askRangeApi } from './range-api.ts'

export interface BreachedPasswords {
  /**
   * Whether the password is among the stolen ones: asked of the range API, which learns the first five of forty digits of its
   * SHA-1, or looked up in the deployment's file. Never throws; bounded in time and size.
   */
  has(password: string, source: 'k_anonymity' | 'file'): Promise<Result<boolean, BreachCheckFailure>>
}

/** `baseUrl` without a slash at its end; `file` undefined where the deployment names none. */
export function createBreachedPasswords(options: { baseUrl: string; file: string | undefined }): BreachedPasswords {
  const { baseUrl, file } = options
  return {
    async has(password, source) {
      // The collections are made of SHA-1; it is a name here and protects nothing.
      const digest = createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase()
      if (source === 'k_anonymity') return askRangeApi(baseUrl, digest)
      return file === undefined ? fail('no_file') : searchHashFile(file, digest)
    },
  }
}
