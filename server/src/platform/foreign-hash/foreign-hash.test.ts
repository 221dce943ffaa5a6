// Where each hash comes from is said beside it; none was made by the code under test.
import { createHash } from 'node:crypto'
import { verifyPassword as verifyWithBetterAuth, hashPassword as hashWithBetterAuth } from 'better-auth/crypto'
import { describe, expect, test } from 'vitest'
import { parseForeignHash, textOfAspNetIdentity, textOfBetterAuth, textOfDigest, textOfFirebaseScrypt, textOfPbkdf2 } from './index.ts'

const ASCII = 'correct horse battery staple'
const UNICODE = 'pässwörd 正しい'

/** True, false, or why it cannot be told. */
async function verify(text: string, password: string): Promise<boolean | string> {
  const parsed = parseForeignHash(text)
  return parsed.ok ? parsed.hash.verify(password) : parsed.reason
}

const VECTORS: readonly (readonly [from: string, algorithm: string, password: string, text: string])[] = [
  ['Passlib 1.7', 'md5-crypt', ASCII, '$1$abcdefgh$4/U5.w6NPtLkJ2WyrTwm91'],
  ['Passlib 1.7', 'md5-crypt', UNICODE, '$1$abcdefgh$ev0tUoN0qZ5YtJGxCZQ2y.'],
  ['Passlib 1.7', 'apr1', ASCII, '$apr1$abcdefgh$5MT.bUwCwhCf2blpqTwiG/'],
  ['Passlib 1.7', 'apr1', UNICODE, '$apr1$abcdefgh$esxj5wb2PlE2thP4bJwHw.'],
  ['Passlib 1.7', 'sha256-crypt', ASCII, '$5$saltstring$hixOXgchwauyzVtlSM/e7UnQx0qiTk74JE/YU53IbE0'],
  ['Passlib 1.7', 'sha256-crypt', UNICODE, '$5$saltstring$18qV8ob.SkByFc468DYQ.SHVkxxiHgELuPQrB13il28'],
  ['Passlib 1.7', 'sha512-crypt', ASCII, '$6$saltstring$qvPJY4PeugKzKQqyIJ0gRdJnpS0uaaiZ.X1SaheFedsK/yZPwlluTLS90fJPM41sD5JxCHKgGr1..qt5HqEY8.'],
  ['Passlib 1.7', 'sha512-crypt', UNICODE, '$6$saltstring$nd0cz0oqyzoJcmlJiAINoNyJZykkwVXQ9fr0quFqZWJyn7mWQHJ63aY5GLrp4WvM3vK1AdnVvmwmE6kvFzoEs0'],
  ['Passlib 1.7', 'sha256-crypt', ASCII, '$5$rounds=10000$saltstringsaltst$/8xNziK9e6bV8Ug7BN1rAvEE.fnpxG4NQxl11Kk0LuB'],
  ['Passlib 1.7', 'sha256-crypt', UNICODE, '$5$rounds=10000$saltstringsaltst$9rFRt5fUtAIKjzQ5OpherXExHbAEqZKAXusmWNNAAAC'],
  ['Passlib 1.7', 'sha512-crypt', ASCII, '$6$rounds=1400$anotherlongsalts$DY8ofsHFwr6qUPLa1CEoQGwXJoRil1PKmXBbSOenTcLcsBy4jAfIOZdnnEP.DV9c9SkLwknNyyn0xLnV6Ykmu1'],
  ['Passlib 1.7', 'sha512-crypt', UNICODE, '$6$rounds=1400$anotherlongsalts$mdihLI3xiXURXOq/W1mHUp5EicwoL/XzL6J9Voj4qwxSfJrW2hUiqETdZU23tYVPTOy0TJXTVE1Ka9.9PtX071'],
  ['Passlib 1.7', 'phpass', ASCII, '$P$Babcdefgh9JjESeAq5StfTylF1Rcb80'],
  ['Passlib 1.7', 'phpass', UNICODE, '$P$Babcdefghu6KVZq1ql67eZlEIMsgdB1'],
  ['Passlib 1.7', 'phpass', ASCII, '$H$6abcdefghbHujEoLzRzAGlPkJFQiyg0'],
  ['Passlib 1.7', 'phpass', UNICODE, '$H$6abcdefght.ykxmILnH8z.FKjICnuI/'],
  ['Passlib 1.7', 'pbkdf2-sha1', ASCII, '$pbkdf2$1000$c2FsdHNhbHRzYWx0c2Fs/w$8CWAi6QEASGGc5b3v.kcvbOx.bw'],
  ['Passlib 1.7', 'pbkdf2-sha1', UNICODE, '$pbkdf2$1000$c2FsdHNhbHRzYWx0c2Fs/w$OeNtng7iG5iV8xRRMFhkQ1DwUeE'],
  ['Passlib 1.7', 'pbkdf2-sha256', ASCII, '$pbkdf2-sha256$1000$c2FsdHNhbHRzYWx0c2Fs/w$c0f2nd54O55adTT8/ZsbewmkIFSSPIHnGnJZgUzjA.A'],
  ['Passlib 1.7', 'pbkdf2-sha256', UNICODE, '$pbkdf2-sha256$1000$c2FsdHNhbHRzYWx0c2Fs/w$O0VqluXJ1.UCC5p5shr18Vq24TNZLWKMRPprRpFv6wQ'],
  ['Passlib 1.7', 'pbkdf2-sha512', ASCII, '$pbkdf2-sha512$1000$c2FsdHNhbHRzYWx0c2Fs/w$UM55LYNqUU5WXUErvKulbSOPY8aom8WYD.RNGZ/jp.JTvcI8nJBLC5TYk9dv3te.1Zt9ZtPywfzTYw4/R.uAoA'],
  ['Passlib 1.7', 'pbkdf2-sha512', UNICODE, '$pbkdf2-sha512$1000$c2FsdHNhbHRzYWx0c2Fs/w$5TXgopoKgMhGBor5qkZE8gAXdLm8Dn4qGP.IBxjLS6ZhQC1f.kbt/jOOERBYXT799FMBROJ62E2uTGXxEHANYw'],
  ['Passlib 1.7', 'pbkdf2-sha256', ASCII, 'pbkdf2_sha256$1000$abcdefghijkl$/kbMgJ7UhtmCvMuhdoGhoD586zaCxS3MuYTC1Q0EXuk='],
  ['Passlib 1.7', 'pbkdf2-sha256', UNICODE, 'pbkdf2_sha256$1000$abcdefghijkl$pDCg2eEm7YcXz2fQA0m20LC7sv7imzRydsJrKZHM5KA='],
  ['Passlib 1.7', 'pbkdf2-sha1', ASCII, 'pbkdf2_sha1$1000$abcdefghijkl$WdMRGd6Z5APoXdSJc7WNLPp78RM='],
  ['Passlib 1.7', 'pbkdf2-sha1', UNICODE, 'pbkdf2_sha1$1000$abcdefghijkl$mJuWO1j/xxpulBhiuC+Cy/KyP/g='],
  ['Passlib 1.7', 'scrypt', ASCII, '$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2Fs/w$d/hZ7vJNzMDz5WnGJsgOQVkUYmJLrADQS0JD1LjsK74'],
  ['Passlib 1.7', 'scrypt', UNICODE, '$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2Fs/w$LL5AV5e62NhCU9ZkgTV0nepSw4aCAmEb3H+Gb2n2d2U'],
  ['Passlib 1.7', 'ldap-ssha', ASCII, '{SSHA}46BnfOtjjVkV2IM1YrlQPStNxk5zYWx0c2FsdA=='],
  ['Passlib 1.7', 'ldap-ssha', UNICODE, '{SSHA}Ursw+cBTiSyEha72Fp7r7NkBIgBzYWx0c2FsdA=='],
  ['Passlib 1.7', 'ldap-sha', ASCII, '{SHA}q/eq1kOINtvlJqojGr3i0O73TUI='],
  ['Passlib 1.7', 'ldap-sha', UNICODE, '{SHA}rubOlzKw7UZ23ElPhTC7THML0tw='],
  ['Passlib 1.7', 'ldap-smd5', ASCII, '{SMD5}ob+IXUZhf+EKPTN/wjvJvHNhbHRzYWx0'],
  ['Passlib 1.7', 'ldap-smd5', UNICODE, '{SMD5}PED488c5ck5Fx1DagyuBlnNhbHRzYWx0'],
  ['Passlib 1.7', 'ldap-md5', ASCII, '{MD5}nMKuihunqT2jm0b8EBnEgQ=='],
  ['Passlib 1.7', 'ldap-md5', UNICODE, '{MD5}+rnUaOeyIwwZxDudaMea3Q=='],
  ['Passlib 1.7', 'ldap-ssha256', ASCII, '{SSHA256}CjjqPXPYGjVMmTRdzHN2UTPdg0XIYl0HWPy+0QwtTBRzYWx0c2FsdA=='],
  ['Passlib 1.7', 'ldap-ssha256', UNICODE, '{SSHA256}UJg37uqEo6iffUR4ccOgUH5X6cZSvBMcBhmh8mrTQdVzYWx0c2FsdA=='],
  ['Passlib 1.7', 'ldap-ssha512', ASCII, '{SSHA512}UweAzUpvjvE5jz6nWBj9q0BiWPv/iScwpbX/yGA6X/AMM4Vz4l5BHV0nnau4mHhhKbbncQtK3bqI9cz8WqqeP3NhbHRzYWx0'],
  ['Passlib 1.7', 'ldap-ssha512', UNICODE, '{SSHA512}+eGOgar/A4nFIEWNMHLXkSm7tSar6JsrTWo0HGeFvYkl8imEA+zqCw4bRRSBXWjSAyIhvg2cnfLJUnbi2mZODXNhbHRzYWx0'],
  ['Passlib 1.7', 'sha512-crypt', ASCII, '{CRYPT}$6$rounds=1000$saltstring$B.n1vD77SdB2TuXAE0nGKP536R1bUc6NvRMEtukg5fkv3SlfIs6RsCY18TxG6AWfmoa/S410tUwH1MRlKRQST0'],
  ['Passlib 1.7', 'sha512-crypt', UNICODE, '{CRYPT}$6$rounds=1000$saltstring$wMYixhBL0lWwFkNo8JkYXRZIq9tnoMSfLxehmw2jKDqAgr480lX3vqsRu8hhE3miT562hWmLJzgI7dAoIqmk.1'],
  ['argon2-cffi, the reference implementation', 'argon2i', ASCII, '$argon2i$v=16$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$9mqnAb5IK7Z/l77cPumE5NMGq7QbwI6Edg//GHmG+Nc'],
  ['argon2-cffi, the reference implementation', 'argon2i', ASCII, '$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$iBRicMm8wRwOiKMm5IUdO9XKjXWPZFLh5lzqu1RjEZQ'],
  ['argon2-cffi, the reference implementation', 'argon2d', ASCII, '$argon2d$v=16$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$M2nhM96lnr5VBEhl0mN1TT9z28GT02WizmVA1ApqPPQ'],
  ['argon2-cffi, the reference implementation', 'argon2d', ASCII, '$argon2d$v=19$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$5vtIG7UJvkkPiFAmibxVQvDG0cDP6Vc+Q+SBxR2JA20'],
  ['argon2-cffi, the reference implementation', 'argon2id', ASCII, '$argon2id$v=16$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$+sPvN6BGyvO3YK9X0n5RkJ574armfi8P8iyul/0jTiw'],
  ['argon2-cffi, the reference implementation', 'argon2id', ASCII, '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$Fx9v7ML/6C1G1gQjU4NxhMdxAHSvudcrLzWhgUp/dyA'],
  ['OpenBSD bcrypt as of Python', 'bcrypt', ASCII, '$2b$04$3u5Tai9E4wo10wMc8TtI0eUZ1J8j/2lTA/cmDx9bn3uEu4mMcclsO'],
  ['OpenBSD bcrypt as of Python', 'bcrypt', UNICODE, '$2b$04$y8wax7JfBr/aBfjOd8jq2.5U8ZrbVUzJZt2/T8LTHNF1yakJSLyVy'],
  ['OpenBSD bcrypt as of Python', 'bcrypt', ASCII, '$2a$04$02fOlav.WGS9x5sxVC.id.79AMh3OD6C6OckGmMXCa8JLdC.eEpYK'],
  ['the specification of sha-crypt', 'sha256-crypt', 'Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  ['the specification of sha-crypt', 'sha256-crypt', 'This is just a test', '$5$rounds=5000$toolongsaltstrin$Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGRcvxa5'],
  ['the specification of sha-crypt', 'sha256-crypt', 'a very much longer text to encrypt.  This one even stretches over morethan one line.', '$5$rounds=1400$anotherlongsalts$Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1'],
  ['the specification of sha-crypt', 'sha512-crypt', 'Hello world!', '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.'],
  ['the specification of sha-crypt', 'sha512-crypt', 'a very much longer text to encrypt.  This one even stretches over morethan one line.', '$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1'],
  ['libxcrypt', 'md5-crypt', ASCII, '$1$ab$BGweqrca.3UvnWSg8yFZd1'],
  ['libxcrypt', 'sha256-crypt', ASCII, '$5$rounds=1000$$mAwhFY7O7ZrOdMqLHnXfo0MEchkMOxIjJUTi3.3mBs5'],
  ['libxcrypt', 'sha512-crypt', ASCII, '$6$x$JPZkRLGV6I4cNJqQuyxNeRiBAU88jeD8GIN3csjnRhyurQuY3p7Dp4zLbthPUYbpWXg0BxtkLWgI7.m8O3PXl.'],
  ['libxcrypt', 'bcrypt', ASCII, '$2y$05$abcdefghijklmnopqrstuuFiPhXf1sVd3pCCRO.uVh34H/qI/ZsuS'],
  ['OpenSSL', 'apr1', ASCII, '$apr1$wxyz$b0vWCM0bdAInbDGMgTvhW0'],
  ["argon2-cffi's raw output in Authara's form", 'argon2id', ASCII, '$argon2id$v=1$t=1$m=1024$p=4$MDEyMzQ1Njc4OWFiY2RlZg$aBdnC4IIorO1Ian8EHK1aFLbDghnlPHDHjdJD0boCAs'],
  [
    'the README of firebase/scrypt',
    'firebase-scrypt',
    'user1password',
    textOfFirebaseScrypt({
      hash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
      salt: '42xEC+ixf3L2lw==',
      signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
      saltSeparator: 'Bw==',
      rounds: 8,
      memoryCost: 14,
    }),
  ],
  ["Python's hashlib, laid out as ASP.NET Identity 3", 'pbkdf2-sha512', ASCII, textOfAspNetIdentity('AQAAAAIAAAfQAAAAEDAxMjM0NTY3ODlhYmNkZWbeaCy07tGuu5pkAqdZRJP7GUTVNfZnM7IvR9gcpJo0SQ==') ?? ''],
  ["Python's hashlib, laid out as ASP.NET Identity 2", 'pbkdf2-sha1', ASCII, textOfAspNetIdentity('ADAxMjM0NTY3ODlhYmNkZWbCYhe/Sa/uKi6qRz0IqNG8JfbWmnGJ7WSpzRYyCYOPSg==') ?? ''],
  [
    "Python's hashlib with Keycloak's parameters",
    'pbkdf2-sha256',
    ASCII,
    textOfPbkdf2({
      digest: 'sha256',
      iterations: 27_500,
      salt: Buffer.from('0123456789abcdef'),
      hash: Buffer.from('DGzF4+RpmttWHV7FCaK41NYsG4Rc9QqDO8q71k0T1ODS+Ooo+SM5Ep4eJNd+eywW2X+UkNdTatqTScXAD7qm+w==', 'base64'),
    }),
  ],
]

describe('a hash of another system', () => {
  test.each(VECTORS)('made by %s as %s is recognised and matches its password alone', async (_from, algorithm, password, text) => {
    expect(parseForeignHash(text)).toMatchObject({ ok: true, hash: { algorithm } })
    expect(await verify(text, password)).toBe(true)
    for (const wrong of [`${password} `, password.slice(1), password.toUpperCase(), '']) expect([wrong, await verify(text, wrong)]).toEqual([wrong, false])
  })

  test('of Better Auth matches what Better Auth itself says', async () => {
    const made = await hashWithBetterAuth(UNICODE)
    expect(await verifyWithBetterAuth({ hash: made, password: UNICODE })).toBe(true)
    expect(await verify(textOfBetterAuth(made) ?? '', UNICODE)).toBe(true)
    expect(await verify(textOfBetterAuth(made) ?? '', ASCII)).toBe(false)
    for (const broken of ['', ':', made.slice(1), `${made}0`, made.toUpperCase()]) expect(textOfBetterAuth(broken)).toBeUndefined()
  })

  test.each(['md5', 'sha1', 'sha256', 'sha512'] as const)('that is one %s digest minds where the salt stands', async (digest) => {
    const salt = Buffer.from('pepper')
    const make = (...parts: (string | Buffer)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)))
    const text = (given: Buffer, saltPosition: 'before' | 'after' | 'none') =>
      textOfDigest({ digest, salt: saltPosition === 'none' ? Buffer.alloc(0) : salt, saltPosition, hash: createHash(digest).update(given).digest() })
    expect(await verify(text(make(salt, ASCII), 'before'), ASCII)).toBe(true)
    expect(await verify(text(make(salt, ASCII), 'after'), ASCII)).toBe(false)
    expect(await verify(text(make(ASCII, salt), 'after'), ASCII)).toBe(true)
    expect(await verify(text(make(UNICODE), 'none'), UNICODE)).toBe(true)
    expect(await verify(text(make(ASCII), 'none'), UNICODE)).toBe(false)
  })

  test('by bcrypt matches 72 bytes and no password that is longer, whatever its first 72 bytes are', async () => {
    // Made by OpenBSD bcrypt of seventy-two times x: it would accept any text that starts so.
    const text = '$2b$04$gO1jSqzBp.NZLfzzKA6fcuEbrOMDRM3RVYN4tXEmIfyzTNl7eF1v6'
    expect(await verify(text, 'x'.repeat(72))).toBe(true)
    for (const other of ['x'.repeat(71), 'x'.repeat(73), `${'x'.repeat(72)}é`, 'x'.repeat(500)]) expect(await verify(text, other)).toBe(false)
  })

  test('keeps the event loop free however many rounds it has', async () => {
    const delays: number[] = []
    const startedAt = performance.now()
    let last = startedAt
    const timer = setInterval(() => {
      delays.push(performance.now() - last)
      last = performance.now()
    }, 5)
    const text = `$6$rounds=100000$asaltof16chars..$${'.'.repeat(86)}`
    expect(await Promise.all([verify(text, ASCII), verify(text, UNICODE)])).toEqual([false, false])
    clearInterval(timer)
    // On the loop itself each of the two would have held it up for half of the time.
    expect(delays.length).toBeGreaterThan(10)
    expect(Math.max(...delays)).toBeLessThan((performance.now() - startedAt) / 3)
  })
})

const HASH_32 = 'A'.repeat(43)
const BCRYPT_REST = 'A'.repeat(53)

describe('a hash that is refused', () => {
  // security case O12
  test.each([
    [`$argon2id$v=19$m=4194304,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$${HASH_32}`, /4194304 KiB of memory, more than 262144/],
    [`$argon2id$v=1$t=3$m=4294967295$p=4$MDEyMzQ1Njc4OWFiY2RlZg$${HASH_32}`, /4294967295 KiB of memory/],
    [`$argon2i$v=19$m=262144,t=5,p=1$MDEyMzQ1Njc4OWFiY2RlZg$${HASH_32}`, /5 passes over 262144 KiB/],
    [`$argon2i$v=19$m=64,t=4294967295,p=1$MDEyMzQ1Njc4OWFiY2RlZg$${HASH_32}`, /4294967295 passes/],
    [`$argon2d$v=19$m=65536,t=1,p=255$MDEyMzQ1Njc4OWFiY2RlZg$${HASH_32}`, /255 lanes, more than 16/],
    [`$2b$15$${BCRYPT_REST}`, /bcrypt cost 15, more than 14/],
    [`$2b$31$${BCRYPT_REST}`, /bcrypt cost 31/],
    [`$scrypt$ln=30,r=8,p=1$c2FsdA$${HASH_32}`, /more than 256 MiB of memory/],
    [`$scrypt$ln=4096,r=8,p=1$c2FsdA$${HASH_32}`, /more than 256 MiB of memory/],
    [`$scrypt$ln=10,r=8,p=1073741823$c2FsdA$${HASH_32}`, /more work than N · r · p/],
    [textOfFirebaseScrypt({ hash: HASH_32, signerKey: HASH_32, salt: 'c2FsdA', saltSeparator: 'Bw', rounds: 8, memoryCost: 24 }), /more than 256 MiB/],
    [`$pbkdf2-sha256$i=2600001$c2FsdA$${HASH_32}`, /2600001 iterations, more than 2600000/],
    [`pbkdf2_sha256$9999999999$salt$${HASH_32}=`, /9999999999 iterations/],
    [`$6$rounds=999999999$salt$${'.'.repeat(86)}`, /999999999 rounds, more than 700000/],
    [`{CRYPT}$5$rounds=700001$salt$${'.'.repeat(43)}`, /700001 rounds/],
    [`$P$Rabcdefgh${'.'.repeat(22)}`, /2\^29 rounds, more than 2\^18/],
  ])('because of what it would cost: %s', (text, reason) => {
    const parsed = parseForeignHash(text)
    expect(parsed).toMatchObject({ ok: false, reason: expect.stringMatching(reason) as string })
  })

  test.each([
    ['', /blanks or characters/],
    ['correct horse battery staple', /blanks or characters/],
    ['hunter2', /no kind that is supported/],
    ['$constructor$x', /no kind that is supported/],
    ['{constructor}abcd', /LDAP scheme/],
    ['{CRYPT}ab1234567890.', /traditional DES/],
    [`$2x$10$${BCRYPT_REST}`, /broken bcrypt/],
    [`$2b$10$${BCRYPT_REST}A`, /not a complete bcrypt/],
    [`$2b$03$${BCRYPT_REST}`, /not a complete bcrypt/],
    [`$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$`, /not a complete Argon2/],
    [`$argon2id$v=18$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$${HASH_32}`, /neither 16 nor 19/],
    [`$argon2id$v=19$m=19456,t=0,p=1$MDEyMzQ1Njc4OWFiY2RlZg$${HASH_32}`, /too small/],
    [`$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAA`, /a length that Argon2/],
    [`$argon2id$v=19$m=019456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$${HASH_32}`, /not a complete Argon2/],
    [`$scrypt$ln=0,r=8,p=1$c2FsdA$${HASH_32}`, /below 1/],
    [`$scrypt$ln=14,r=8,p=1$c2FsdA$AAAA`, /a length that scrypt/],
    [`$pbkdf2-sha256$i=0$c2FsdA$${HASH_32}`, /not a complete PBKDF2/],
    [`$pbkdf2-sha256$i=1000,l=16$c2FsdA$${HASH_32}`, /another length/],
    [`$pbkdf2-md5$i=1000$c2FsdA$${HASH_32}`, /not a complete PBKDF2/],
    [`$6$rounds=999$salt$${'.'.repeat(86)}`, /not a complete sha-crypt/],
    [`$6$salt$${'.'.repeat(43)}`, /not a complete sha-crypt/],
    [`$5$${'s'.repeat(17)}$${'.'.repeat(43)}`, /not a complete sha-crypt/],
    [`$1$salt$${'.'.repeat(21)}`, /not a complete md5-crypt/],
    [`$P$.abcdefgh${'.'.repeat(22)}`, /not a complete phpass/],
    ['{SSHA}q/eq1kOINtvlJqojGr3i0O73TUI=', /not a complete \{SSHA\}/],
    ['{SHA}q/eq1kOINtvlJqojGr3i0O73TUJzYWx0', /not a complete \{SHA\}/],
    [`$digest-sha256$salt=before$$${HASH_32}`, /salt without a position or a position without a salt/],
    [`$digest-sha256$salt=none$$AAAA`, /not a complete digest/],
    [`$digest-sha256$salt=after$${'A'.repeat(400)}$${HASH_32}`, /more than 128 bytes/],
    [`$6$salt$${'.'.repeat(600)}`, /longer than 512/],
  ])('because it is none: %s', (text, reason) => {
    expect(parseForeignHash(text)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) as string })
  })
})
