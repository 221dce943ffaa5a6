import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { expect, test } from 'vitest'
import { describeHighSecurity, ENDPOINTS, hashOf, secondsFromNow } from '../../harness/high-security.ts'
import { decodeToken } from '../../harness/tokens.ts'

describeHighSecurity('FAPI 2.0 security profile: proofs of possession', (plan) => {
  const refusedProof = { status: 400, body: expect.objectContaining({ error: 'invalid_dpop_proof' }) as unknown }

  test('fapi2-security-profile-final-check-dpop-proof-nbf-exp: a proof that says from when and until when it is good is taken, and held to it', async () => {
    const { push, codeFor, redeem, client, userinfo } = plan()
    const pushed = await push()
    const code = await codeFor(pushed)
    expect(await redeem(code, pushed.verifier, { proof: await client.proof({ exp: secondsFromNow(-300) }) })).toMatchObject(refusedProof)
    expect(await redeem(code, pushed.verifier, { proof: await client.proof({ nbf: secondsFromNow(300) }) })).toMatchObject(refusedProof)
    const { status, body } = await redeem(code, pushed.verifier, { proof: await client.proof({ nbf: secondsFromNow(0), exp: secondsFromNow(300) }) })
    expect(status).toBe(200)
    const token = String(body['access_token'])
    const proof = await client.proof({ htm: 'GET', htu: ENDPOINTS.userinfo, ath: await hashOf(token), nbf: secondsFromNow(0), exp: secondsFromNow(300) })
    expect((await userinfo(token, { proof })).status).toBe(200)
  })

  for (const [name, offset] of [['before', -10], ['after', 10]] as const) {
    test(`fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-${name}-succeeds: a clock that is ten seconds off is no reason to refuse`, async () => {
      const { push, codeFor, redeem, client, userinfo } = plan()
      const iat = secondsFromNow(offset)
      const pushed = await push({}, { proof: await client.proof({ htu: ENDPOINTS.par, iat }) })
      expect(pushed.status).toBe(201)
      const { status, body } = await redeem(await codeFor(pushed), pushed.verifier, { proof: await client.proof({ iat }) })
      expect(status).toBe(200)
      const token = String(body['access_token'])
      expect((await userinfo(token, { proof: await client.proof({ htm: 'GET', htu: ENDPOINTS.userinfo, ath: await hashOf(token), iat }) })).status).toBe(200)
    })
  }

  test('fapi2-security-profile-final-ensure-mismatched-dpop-jkt-fails: a pushed request with a proof of one key and dpop_jkt of another is refused', async () => {
    const { push, client, other } = plan()
    const answer = await push({ dpop_jkt: other.thumbprint }, { proof: await client.proof({ htu: ENDPOINTS.par }) })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  test('fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt: a code asked for with a proof is nobody else\'s to redeem', async () => {
    const { push, codeFor, redeem, client } = plan()
    const pushed = await push({}, { proof: await client.proof({ htu: ENDPOINTS.par }) })
    const proof = await client.proof({}, {}, await generateKeyPair('ES256', { extractable: true }))
    expect(await redeem(await codeFor(pushed), pushed.verifier, { proof })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  test('fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-jkt: nor is one asked for with the thumbprint of another key', async () => {
    const { push, codeFor, redeem, other } = plan()
    const pushed = await push({ dpop_jkt: other.thumbprint })
    expect(await redeem(await codeFor(pushed), pushed.verifier)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  test('fapi2-security-profile-final-ensure-dpopproof-at-par-endpoint-binding-success: the key that proved itself at the first step redeems the code', async () => {
    const { push, codeFor, redeem, client, userinfo } = plan()
    const pushed = await push({}, { proof: await client.proof({ htu: ENDPOINTS.par }) })
    const { status, body } = await redeem(await codeFor(pushed), pushed.verifier)
    expect([status, body['token_type']]).toEqual([200, 'DPoP'])
    expect((await userinfo(String(body['access_token']))).status).toBe(200)
  })

  test('fapi2-security-profile-final-ensure-dpop-auth-code-binding-success: so does the key whose thumbprint was given', async () => {
    const { push, codeFor, redeem, client } = plan()
    const pushed = await push({ dpop_jkt: client.thumbprint })
    const { status, body } = await redeem(await codeFor(pushed), pushed.verifier)
    expect([status, body['token_type']]).toEqual([200, 'DPoP'])
  })

  test('fapi2-security-profile-final-dpop-negative-tests: whatever of a proof is missing, wrong, somebody else\'s, old or used before is refused at the resource', async () => {
    const { tokens, userinfo, client } = plan()
    const { access_token: token = '' } = await tokens()
    const about = { htm: 'GET', htu: ENDPOINTS.userinfo, ath: await hashOf(token) }
    const taken = async (proof: string, message: string) => expect((await userinfo(token, { proof })).status, message).toBe(200)
    const refused = async (proof: string | null, message: string, more: { scheme?: string } = {}) => {
      const answer = await userinfo(token, { proof, ...more })
      expect([400, 401], message).toContain(answer.status)
      expect(answer.headers['www-authenticate'], message).toMatch(/^DPoP |^Bearer .*error=/)
    }

    await taken(await client.proof(about), 'as it should be')
    await taken(await client.proof({ ...about, htu: `${ENDPOINTS.userinfo}?a=1#b` }), 'query and fragment do not count (section 4.3)')
    await taken(await client.proof({ ...about, htu: ENDPOINTS.userinfo.replace('http://localhost', 'HTTP://LOCALHOST') }), 'the same address in another spelling')
    await taken(await client.proof({ ...about, more: 'unknown' }, { unknown: true }), 'what is not known is passed over')

    const one = await client.proof(about)
    await refused(`${one}, ${await client.proof(about)}`, 'two proofs')
    await refused('no.jwt', 'no JWT')
    await refused(null, 'none')
    await refused(null, 'none, as bearer', { scheme: 'Bearer' })
    await refused(await client.proof(about), 'as bearer, with a proof', { scheme: 'Bearer' })
    for (const missing of ['jti', 'htm', 'htu', 'iat', 'ath']) await refused(await client.proof({ ...about, [missing]: undefined }), `without ${missing}`)
    for (const missing of ['typ', 'jwk']) await refused(await client.proof(about, { [missing]: undefined }), `without ${missing} in the header`)
    await refused(await client.proof(about, { typ: 'jwt' }), 'another type')
    await refused(one.replace(/^[^.]*/, Buffer.from(JSON.stringify({ ...decodeToken(one).header, alg: undefined })).toString('base64url')), 'without an algorithm')
    await refused(`${Buffer.from(JSON.stringify({ ...decodeToken(one).header, alg: 'none' })).toString('base64url')}.${one.split('.')[1]!}.`, 'without a signature')
    await refused(`${one.slice(0, -8)}AAAAAAAA`, 'another signature')
    const own = await generateKeyPair('ES256', { extractable: true })
    await refused(await client.proof(about, { jwk: await exportJWK(own.privateKey) }, own), 'with the private key in it')
    await refused(await client.proof(about, {}, own), 'by another key')
    const rsa = await generateKeyPair('RS256', { extractable: true })
    await refused(await client.proof(about, { alg: 'RS256' }, rsa), 'by an algorithm that the profile does not allow')
    await refused(await new CompactSign(Buffer.from('[]')).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(own.publicKey) }).sign(own.privateKey), 'no claims')
    await refused(await client.proof({ ...about, htm: 'PUT' }), 'another method')
    for (const htu of ['https://evil.example/userinfo', ENDPOINTS.token, '/auth/oauth2/userinfo', 'x', 1]) await refused(await client.proof({ ...about, htu }), `for ${htu}`)
    for (const iat of [3_600, 90, -3_600]) await refused(await client.proof({ ...about, iat: secondsFromNow(iat) }), `${iat} s from now`)
    await refused(await client.proof({ ...about, ath: await hashOf('another') }), 'for another token')
    await refused(await client.proof({ ...about, nonce: 'not-yours' }), 'a nonce that nobody gave')
    await taken(one, 'first use')
    await refused(one, 'second use')
  })

  test('fapi2-security-profile-final-access-token-type-header-case-sensitivity: the name of the scheme is read in any case (RFC 9110 section 11.1)', async () => {
    const { tokens, userinfo } = plan()
    const { access_token: token = '' } = await tokens()
    for (const scheme of ['DPoP', 'dpop', 'DPOP', 'dPoP']) expect((await userinfo(token, { scheme })).status, scheme).toBe(200)
  })
})
