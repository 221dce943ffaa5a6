import { generateKeyPairSync, verify } from 'node:crypto'
import { expect, it } from 'vitest'
import { signEs256 } from './ecdsa-signature.ts'

it('every signature is 64 bytes and verifies as JWS has it, short integers included', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  let shorter = 0
  // An integer begins with a zero byte once in 256 signatures: its DER is shorter.
  for (let index = 0; index < 3_000; index += 1) {
    const input = `signed ${index}`
    const signature = signEs256(input, privateKey)
    expect(signature).toHaveLength(64)
    if (signature[0] === 0 || signature[32] === 0) shorter += 1
    if (!verify('sha256', Buffer.from(input), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)) expect.fail(`signature ${index} does not verify`)
  }
  expect(shorter).toBeGreaterThan(0)
})
