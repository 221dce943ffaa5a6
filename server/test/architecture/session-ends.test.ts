import { expect, test } from 'vitest'
import { readSources } from './list-sources.ts'

/** Where a session's row is ended: whoever did it elsewhere would tell no application (OpenID Connect Back-Channel Logout 1.0). */
const ENDS_ROWS = /\bimport \{[^}]*\b(endSession|endSessionsOfUser|endSessionsThrough)\b[^}]*\} from '[^']*persistence\/queries\/session\.ts'/

test('sessions end in one place, and an account is deleted where its applications are told before', async () => {
  const sources = (await readSources()).filter(({ path }) => path.startsWith('server/src/'))
  expect(sources.filter(({ text }) => ENDS_ROWS.test(text)).map(({ path }) => path)).toEqual(['server/src/services/sessions/session-ends.ts'])
  const deleting = sources.filter(({ path, text }) => !path.includes('/persistence/') && /\bdeleteUser\(/.test(text))
  expect(deleting.map(({ path, text }) => [path, text.includes('tellBeforeDeletion(')])).toEqual([['server/src/services/deletions/deletions.ts', true]])
})
