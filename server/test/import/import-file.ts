import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const IMPORTED_PASSWORD = 'correct horse battery staple'

/**
 * One hash of IMPORTED_PASSWORD of each kind, from Passlib, OpenBSD bcrypt, argon2-cffi, Python's hashlib and OpenSSL.
 */
export const HASHES: Readonly<Record<string, unknown>> = {
  bcrypt: '$2b$04$3u5Tai9E4wo10wMc8TtI0eUZ1J8j/2lTA/cmDx9bn3uEu4mMcclsO',
  scrypt: '$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2Fs/w$d/hZ7vJNzMDz5WnGJsgOQVkUYmJLrADQS0JD1LjsK74',
  pbkdf2: '$pbkdf2-sha256$1000$c2FsdHNhbHRzYWx0c2Fs/w$c0f2nd54O55adTT8/ZsbewmkIFSSPIHnGnJZgUzjA.A',
  django: 'pbkdf2_sha256$1000$abcdefghijkl$/kbMgJ7UhtmCvMuhdoGhoD586zaCxS3MuYTC1Q0EXuk=',
  argon2d: '$argon2d$v=16$m=256,t=2,p=2$c29tZXNhbHQxMjM0NTY3OA$M2nhM96lnr5VBEhl0mN1TT9z28GT02WizmVA1ApqPPQ',
  authara: '$argon2id$v=1$t=1$m=1024$p=4$MDEyMzQ1Njc4OWFiY2RlZg$aBdnC4IIorO1Ian8EHK1aFLbDghnlPHDHjdJD0boCAs',
  md5_crypt: '$1$abcdefgh$4/U5.w6NPtLkJ2WyrTwm91',
  apr1: '$apr1$abcdefgh$5MT.bUwCwhCf2blpqTwiG/',
  sha512_crypt: '$6$saltstring$qvPJY4PeugKzKQqyIJ0gRdJnpS0uaaiZ.X1SaheFedsK/yZPwlluTLS90fJPM41sD5JxCHKgGr1..qt5HqEY8.',
  phpass: '$P$Babcdefgh9JjESeAq5StfTylF1Rcb80',
  ldap: '{SSHA512}UweAzUpvjvE5jz6nWBj9q0BiWPv/iScwpbX/yGA6X/AMM4Vz4l5BHV0nnau4mHhhKbbncQtK3bqI9cz8WqqeP3NhbHRzYWx0',
  sha1_plain: { algorithm: 'sha1', hash: 'abf7aad6438836dbe526aa231abde2d0eef74d42' },
  better_auth: {
    algorithm: 'better_auth',
    hash: '00112233445566778899aabbccddeeff:f5b22309b28fe412c82a4b2cab57498b8f8a42c849af16cb908974048f61c13933421858db3a8f111430bdc493c7cef90f61f904061c77206e3820a2e8b11bc2',
  },
  firebase: {
    algorithm: 'firebase_scrypt',
    hash: 'LMTxTaaOQz6HjeM/mCYqVPwYHAldA7ULa/FZpeFgLKkxkztUpMpizhxVaCAvH8bBI4VWAcypylolkGgnsFVeaw==',
    salt: 'c2FsdHNhbHQ=',
    signer_key: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==',
    salt_separator: 'Bw==',
    rounds: 8,
    memory_cost: 14,
  },
  aspnet: { algorithm: 'aspnet_identity', hash: 'AQAAAAIAAAfQAAAAEDAxMjM0NTY3ODlhYmNkZWbeaCy07tGuu5pkAqdZRJP7GUTVNfZnM7IvR9gcpJo0SQ==' },
  keycloak: {
    algorithm: 'pbkdf2',
    digest: 'sha256',
    iterations: 27_500,
    salt: 'MDEyMzQ1Njc4OWFiY2RlZg==',
    hash: 'DGzF4+RpmttWHV7FCaK41NYsG4Rc9QqDO8q71k0T1ODS+Ooo+SM5Ep4eJNd+eywW2X+UkNdTatqTScXAD7qm+w==',
  },
}

let nextFile = 1

/** Writes users (or lines as they stand) into a new file of the folder. */
export async function writeImportFile(folder: string, lines: readonly (string | object)[]): Promise<string> {
  const path = join(folder, `users-${nextFile++}.jsonl`)
  await writeFile(path, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
  return path
}

/** Too large to be held in memory twice. */
export async function writeLargeImportFile(folder: string, count: number, makeLine: (index: number) => string): Promise<string> {
  const path = join(folder, `users-${nextFile++}.jsonl`)
  const file = createWriteStream(path)
  for (let index = 0; index < count; index += 1) if (!file.write(`${makeLine(index)}\n`)) await once(file, 'drain')
  file.end()
  await once(file, 'close')
  return path
}
