// What a client may declare is the same on every engine, and no row is written here.
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIELDS } from '../../src/services/clients/metadata/fields.ts'
import { CERTIFICATES, certifiedKey } from '../harness/certificates.ts'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { operatorOf } from './operator.ts'

type Declared = Readonly<Record<string, unknown>>
/** What is declared beside what a sound client of the type has, and the problems that are named, without a path before. */
type Case = readonly [type: string, declared: Declared, problems: readonly (string | RegExp)[]]

const CALLBACK = 'https://app.example.com/callback'
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'
const keyOf = (kind: 'P-256' | 'P-384' | 'ed25519' | number) => {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519')
  return typeof kind === 'number' ? generateKeyPairSync('rsa', { modulusLength: kind }) : generateKeyPairSync('ec', { namedCurve: kind })
}
const publicKey = (kind: Parameters<typeof keyOf>[0], more: Declared = {}) => ({ ...keyOf(kind).publicKey.export({ format: 'jwk' }), ...more })
const EC = publicKey('P-256')
const SIGNS = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [EC] } }
const FAPI = { ...SIGNS, profile: 'fapi2', token_endpoint_auth_signing_alg: 'ES256' }

const uris = (type: string, list: readonly string[], problem: RegExp | string): Case[] => list.map((uri) => [type, { redirect_uris: [uri] }, [problem]])
const good = (type: string, list: readonly string[]): Case[] => list.map((uri) => [type, { redirect_uris: [uri] }, []])

const REDIRECT_URIS: readonly Case[] = [
  ...good('web', [CALLBACK, 'https://app.example.com', 'https://app.example.com/?tenant=1', 'http://127.0.0.1/callback', 'http://127.0.0.1:4000/callback', 'http://[::1]:4000/callback', 'http://localhost:4000/callback', 'https://xn--bcher-kva.example/callback']),
  ...good('native', ['com.example.app:/callback', 'com.example.app://callback', 'com.example-company.app:/', CALLBACK, 'http://127.0.0.1/callback']),
  // Security cases B3, B9 and what parsers disagree about.
  ...uris('web', ['http://app.example.com/', 'http://127.0.0.1.evil.example/', 'http://localhost.evil.example/', 'http://10.0.0.1/', 'http://app.localhost/'], /^redirect_uris\.0: must be https, or http on 127\.0\.0\.1 or \[::1\]$/),
  ...uris('web', ['com.example.app:/callback', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'vbscript:x', 'blob:https://app.example.com/x', 'about:blank', 'ws://app.example.com/', 'ftp://app.example.com/'], /^redirect_uris\.0: must be https.*native clients$/),
  ...uris('native', ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'intent://scan/', 'myapp:/callback', 'myapp://callback', 'mailto:a@example.com', 'view-source:x'], /^redirect_uris\.0: must be https.*domain name in reverse/),
  ...uris('native', ['com.example.app:'], /must name a path/),
  ...uris('native', ['https://127.0.0.1/callback', 'https://[::1]/callback', 'https://localhost/callback'], /must not be https on the device itself/),
  ...uris('web', ['https://*.example.com/', 'https://app.example.com/*', 'https://*/'], /must not have a wildcard/),
  ...uris('web', [`${CALLBACK}#`, `${CALLBACK}#state`], /must not have a fragment/),
  ...uris('web', ['https://app@example.com/', 'https://app:pass@example.com/', 'https://@example.com/', 'https://:@example.com/', 'https://app.example.com\\@evil.example/'], /must not name a user/),
  ...uris('web', ['https:app.example.com/', 'https:/app.example.com', 'https:///app.example.com/', 'https://app.example.com/../callback', 'https://app.example.com/%2e%2e/callback', 'HTTPS://app.example.com/', 'https://App.example.com/', 'https://app.example.com:443/callback', 'http://127.1/', 'http://2130706433/', 'http://0x7f.0.0.1/', 'https://app.example.com\\callback', 'https:\\\\app.example.com/'], /^redirect_uris\.0: must be written as https?:\/\//),
  ...uris('web', [' https://app.example.com/', 'https://app.example.com/ ', 'https://app.example.com/a b', 'https://app.example.com/\n', 'https://bücher.example/', 'https://аpp.example.com/', ''], /must be printable ASCII/),
  ...uris('web', ['app.example.com/callback', '/callback', '//app.example.com/', 'https://', 'https://[::1', 'null'], /must be a whole URI/),
  ...uris('web', [`https://app.example.com/${'a'.repeat(2_100)}`], /2048 characters at most/),
  ...uris('web', [`${CALLBACK}?code=1`, `${CALLBACK}?a=b&state=x`, `${CALLBACK}?iss=https://evil.example`], /must not have a parameter (code|state|iss)/),
  ['web', { redirect_uris: [CALLBACK, CALLBACK] }, ['redirect_uris.1: stands there twice']],
  ['web', { redirect_uris: CALLBACK }, ['redirect_uris: must be a list']],
  ['web', { redirect_uris: [CALLBACK, 7, 'x'] }, ['redirect_uris.1: must be a text', /^redirect_uris\.2: must be a whole URI/]],
  ['web', { redirect_uris: Array.from({ length: 51 }, (_, index) => `${CALLBACK}/${index}`) }, ['redirect_uris: must have 50 entries at most']],
  ['web', { post_logout_redirect_uris: ['javascript:alert(1)', 'http://app.example.com/'] }, [/^post_logout_redirect_uris\.0: must be https/, /^post_logout_redirect_uris\.1: must be https/]],
  ...['web', 'spa', 'native', 'third_party'].map((type): Case => [type, { redirect_uris: [] }, ['redirect_uris: must name at least one']]),
  ['machine', { redirect_uris: [CALLBACK] }, ['redirect_uris: must be left out for a client of type machine: nobody signs in to it']],
  ['third_party', { redirect_uris: ['com.example.app:/callback'] }, [/native clients$/]],
  ['third_party', { token_endpoint_auth_method: 'none', redirect_uris: ['com.example.app:/callback'] }, []],
]

const GRANTS_AND_SCOPES: readonly Case[] = [
  ['web', { grant_types: ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_CODE] }, []],
  ['spa', { grant_types: ['authorization_code', 'client_credentials'] }, [/^grant_types: must not name client_credentials: a client of type spa takes/]],
  ['machine', { grant_types: ['authorization_code'] }, [/^grant_types: must not name authorization_code/]],
  ['web', { grant_types: ['implicit'] }, [/^grant_types\.0: must be authorization_code/]],
  ['web', { grant_types: ['password', 'authorization_code'] }, [/^grant_types\.0: must be authorization_code/]],
  ['web', { grant_types: [], redirect_uris: undefined }, ['grant_types: must name at least one']],
  ['native', { grant_types: [DEVICE_CODE, 'refresh_token'], redirect_uris: undefined }, []],
  ['native', { grant_types: [DEVICE_CODE] }, ['redirect_uris: must be left out without authorization_code']],
  ['web', { grant_types: ['client_credentials'], redirect_uris: undefined }, [/^grant_types: must name authorization_code/]],
  ['machine', { scope: 'orders:read orders:write' }, []],
  ['machine', { scope: 'openid' }, ['scope: must not name openid: nobody signs in to a machine']],
  ['web', { scope: 'openid  email' }, [/one space between/]],
  ['web', { scope: 'openid "x"' }, [/is no name of a scope/]],
  ['web', { scope: 'openid openid' }, ['scope: names openid twice']],
  ['web', { scope: ['openid'] }, [/^scope: must be names with spaces between/]],
  ['web', { scope: 'openid offline_access', grant_types: ['authorization_code'] }, ['scope: must not name offline_access without the grant refresh_token']],
]

const AUTHENTICATION: readonly Case[] = [
  ['web', { token_endpoint_auth_method: 'client_secret_post' }, []],
  ['web', { token_endpoint_auth_method: 'client_secret_jwt' }, [/cannot be client_secret_jwt: it needs the secret itself/]],
  ['web', { token_endpoint_auth_method: 'none' }, ['token_endpoint_auth_method: must not be none for a client of type web']],
  ['machine', { token_endpoint_auth_method: 'none' }, ['token_endpoint_auth_method: must not be none for a client of type machine']],
  ['spa', { token_endpoint_auth_method: 'client_secret_basic' }, [/^token_endpoint_auth_method: must be none/]],
  ['native', { token_endpoint_auth_method: 'client_secret_post' }, [/^token_endpoint_auth_method: must be none/]],
  ['machine', SIGNS, []],
  ['web', { ...SIGNS, jwks: { keys: [publicKey('ed25519', { kid: 'a' }), publicKey(2_048, { kid: 'b', use: 'sig', alg: 'PS256' })] } }, []],
  ['web', { token_endpoint_auth_method: 'private_key_jwt' }, [/^jwks: must be given, or jwks_uri/]],
  ['web', { ...SIGNS, jwks_uri: 'https://app.example.com/jwks' }, ['jwks: must not stand beside jwks_uri']],
  ['web', { token_endpoint_auth_signing_alg: 'ES256' }, [/^token_endpoint_auth_signing_alg: must be left out without/]],
  ['web', { ...SIGNS, token_endpoint_auth_signing_alg: 'PS256' }, ['jwks: has no key for PS256']],
  ['web', { ...SIGNS, token_endpoint_auth_signing_alg: 'HS256' }, [/^token_endpoint_auth_signing_alg: must be ES256/]],
  ['web', { ...SIGNS, jwks: { keys: [keyOf('P-256').privateKey.export({ format: 'jwk' })] } }, [/^jwks\.keys\.0: must be a public key: "d"/]],
  ['web', { ...SIGNS, jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }, [/^jwks\.keys\.0: must be a public key: "k"/]],
  ['web', { ...SIGNS, jwks: { keys: [publicKey(1_024)] } }, ['jwks.keys.0: must have 2048 bits or more']],
  ['web', { ...SIGNS, jwks: { keys: [publicKey('P-384')] } }, [/^jwks\.keys\.0: must be an RSA key, an EC key on P-256/]],
  ['web', { ...SIGNS, jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }] } }, ['jwks.keys.0: cannot be read as a key']],
  ['web', { ...SIGNS, jwks: { keys: [{ ...EC, use: 'enc' }] } }, [/^jwks\.keys\.0: must be for signatures/]],
  ['web', { ...SIGNS, jwks: { keys: [publicKey('P-256'), EC] } }, [/^jwks\.keys: must have a kid each/]],
  ['web', { ...SIGNS, jwks: { keys: [publicKey('P-256', { kid: 'a' }), publicKey('P-256', { kid: 'a' })] } }, ['jwks.keys.1: has the kid of an earlier key']],
  ['web', { ...SIGNS, jwks: { keys: [] } }, ['jwks.keys: must have 1 to 20 keys']],
  ['web', { ...SIGNS, jwks: 'keys' }, [/^jwks: must be a JWK Set/]],
]

/** Certificates (RFC 8705) where a proxy tells of them, and whether it verified them. */
const CERTIFICATES_ALLOWED: readonly Case[] = [
  ...[['tls_client_auth_subject_dn', 'CN=client,O=Example\\, Inc.,C=DE'], ['tls_client_auth_san_dns', 'client.example.com'], ['tls_client_auth_san_uri', 'https://client.example.com/'], ['tls_client_auth_san_ip', '2001:db8::1'], ['tls_client_auth_san_email', 'client@example.com']].map(([field, value]): Case => ['machine', { token_endpoint_auth_method: 'tls_client_auth', [field!]: value }, []]),
  ...['', 'client', 'CN=', '=client', 'CN=client,', 'CN=client\\', 'CN=#04024869', 7].map((value): Case => ['machine', { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: value }, [/^tls_client_auth_subject_dn: must be a distinguished name/]]),
  ...['*.example.com', '.example.com', 'a b', '', 'example.com.', 7].map((value): Case => ['machine', { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: value }, ['tls_client_auth_san_dns: must be a host name, without a wildcard']]),
  ['machine', { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_ip: '192.0.2', tls_client_auth_san_uri: 'x', tls_client_auth_san_email: 'x' }, [/^tls_client_auth_san_ip: must be/, /^tls_client_auth_san_uri: must be/, /^tls_client_auth_san_email: must be/]],
  ['machine', { token_endpoint_auth_method: 'tls_client_auth' }, [/^token_endpoint_auth_method: takes one of tls_client_auth_subject_dn/]],
  ['machine', { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'a.example', tls_client_auth_san_ip: '192.0.2.1' }, [/^token_endpoint_auth_method: takes one of/]],
  ['machine', { tls_client_auth_san_dns: 'a.example' }, [/^tls_client_auth_san_dns: must be left out without/]],
  ['machine', { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [certifiedKey('own')] } }, []],
  ['machine', { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks_uri: 'https://app.example.com/jwks' }, []],
  ['machine', { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [EC] } }, [/^jwks: must have a key with x5c/]],
  ...[['AAAA'], [], 'AAAA', [CERTIFICATES.other], [7]].map((x5c): Case => ['machine', { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [{ ...certifiedKey('own'), x5c }] } }, ['jwks.keys.0: has an x5c whose first certificate is not of this key']]),
  ['machine', { tls_client_certificate_bound_access_tokens: true }, []],
  ['machine', { tls_client_certificate_bound_access_tokens: true, dpop_bound_access_tokens: true }, [/^tls_client_certificate_bound_access_tokens: must not stand beside/]],
  ['web', { ...FAPI, token_endpoint_auth_method: 'tls_client_auth', token_endpoint_auth_signing_alg: undefined, tls_client_auth_san_dns: 'a.example', tls_client_certificate_bound_access_tokens: true }, []],
  ['spa', { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'a.example' }, [/^token_endpoint_auth_method: must be none/]],
]

/** And where none does. */
const CERTIFICATES_UNSEEN: readonly Case[] = [
  ['machine', { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'a.example' }, [/^token_endpoint_auth_method: cannot be tls_client_auth: no proxy/]],
  ['machine', { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [certifiedKey('own')] } }, [/^token_endpoint_auth_method: cannot be self_signed_tls_client_auth: no proxy/]],
  ['machine', { tls_client_certificate_bound_access_tokens: true }, [/^tls_client_certificate_bound_access_tokens: cannot be true: no proxy/]],
  ['machine', { tls_client_certificate_bound_access_tokens: 1 }, ['tls_client_certificate_bound_access_tokens: must be true or false']],
  ['web', { request_object_signing_alg: 'none', authorization_signed_response_alg: 'PS256', require_signed_request_object: 1 }, [/^request_object_signing_alg: must be ES256/, 'authorization_signed_response_alg: must be ES256 or RS256', 'require_signed_request_object: must be true or false']],
  ['web', { request_object_signing_alg: 'ES256' }, ['jwks: must be given, or jwks_uri, for signed request objects']],
  ['web', { ...SIGNS, request_object_signing_alg: 'ES256', require_signed_request_object: true, authorization_signed_response_alg: 'RS256' }, []],
  ['machine', { require_signed_request_object: true }, [/^require_signed_request_object: must be left out/]],
]

/** Security case N1, for what the server itself asks. */
const OUTBOUND: readonly Case[] = [
  ...['http://app.example.com/', 'http://127.0.0.1:4000/'].map((uri): Case => ['web', { backchannel_logout_uri: uri }, [/^backchannel_logout_uri: must be https, unless OUTBOUND_INTERNAL_HOSTS/]]),
  ...['https://127.0.0.1/', 'https://10.1.2.3/', 'https://169.254.169.254/', 'https://[::1]/', 'https://[fd00::1]/', 'https://[::ffff:127.0.0.1]/', 'https://localhost/', 'https://api.localhost/'].map((uri): Case => [
    'web',
    { backchannel_logout_uri: uri },
    [uri.includes('ffff') ? /^backchannel_logout_uri: must be written as/ : /^backchannel_logout_uri: must not be an address inside/],
  ]),
  ['web', { backchannel_logout_uri: 'https://app.example.com/logout', backchannel_logout_session_required: true }, []],
  ['web', { backchannel_logout_uri: 'http://inside.example:8080/logout' }, []],
  ['web', { backchannel_logout_uri: 'http://inside.example/logout' }, [/OUTBOUND_INTERNAL_HOSTS/]],
  ['web', { backchannel_logout_session_required: true }, [/^backchannel_logout_session_required: must be left out without/]],
  ['web', { ...SIGNS, jwks: undefined, jwks_uri: 'https://192.168.0.1/jwks' }, [/^jwks_uri: must not be an address inside/]],
  ['web', { subject_type: 'pairwise', sector_identifier_uri: 'http://inside.example:8080/' }, ['sector_identifier_uri: must be https']],
]

const EXCHANGES = { grant_types: ['urn:ietf:params:oauth:grant-type:token-exchange'] }
const TRUSTS = { grant_types: ['urn:ietf:params:oauth:grant-type:jwt-bearer'] }
const PARTNER = { issuer: 'https://partner.example.com', jwks: { keys: [EC] }, subject: 'email' }

const ON_BEHALF: readonly Case[] = [
  ['machine', { ...EXCHANGES, token_exchange_audiences: ['https://stock.example.com', 'urn:example:orders'], token_exchange_subjects: ['shop', 'gatepost:session'], token_exchange_mode: 'impersonation' }, []],
  ['machine', { ...EXCHANGES, token_exchange_audiences: ['stock'], token_exchange_subjects: ['a b'], token_exchange_mode: 'both' }, [/^token_exchange_audiences\.0: must be the whole URI/, /^token_exchange_subjects\.0: must be a client id, or gatepost:session/, 'token_exchange_mode: must be delegation or impersonation']],
  ['machine', { token_exchange_audiences: ['https://stock.example.com'], token_exchange_subjects: ['shop'] }, ['token_exchange_audiences: must be left out without token-exchange', 'token_exchange_subjects: must be left out without token-exchange']],
  ['spa', { grant_types: ['authorization_code', ...EXCHANGES.grant_types] }, [/^grant_types: must not name urn:ietf:params:oauth:grant-type:token-exchange/]],
  ['third_party', { grant_types: ['authorization_code', ...TRUSTS.grant_types] }, [/^grant_types: must not name urn:ietf:params:oauth:grant-type:jwt-bearer/]],
  ['machine', { ...TRUSTS, trusted_issuers: [PARTNER, { issuer: 'robots', jwks_uri: 'https://robots.example.com/jwks', subject: 'client' }] }, []],
  ['machine', { trusted_issuers: [PARTNER] }, ['trusted_issuers: must be left out without jwt-bearer']],
  ['machine', { ...TRUSTS, trusted_issuers: PARTNER }, ['trusted_issuers: must be a list']],
  ['machine', { ...TRUSTS, trusted_issuers: ['https://partner.example.com', PARTNER, PARTNER] }, [/^trusted_issuers\.0: must be an object with issuer/, 'trusted_issuers.2.issuer: stands there twice']],
  ['machine', { ...TRUSTS, trusted_issuers: [{ subject: 'anybody', aud: 'x' }] }, [/^trusted_issuers\.0\.aud: must be issuer/, /^trusted_issuers\.0\.issuer: must be the iss/, 'trusted_issuers.0.subject: must be user_id, email or client', 'trusted_issuers.0: must have jwks or jwks_uri, and not both']],
  ['machine', { ...TRUSTS, trusted_issuers: [{ ...PARTNER, jwks_uri: 'https://10.0.0.1/' }] }, ['trusted_issuers.0: must have jwks or jwks_uri, and not both', /^trusted_issuers\.0\.jwks_uri: must not be an address inside/]],
  ['machine', { ...TRUSTS, trusted_issuers: [{ ...PARTNER, jwks: { keys: [keyOf('P-256').privateKey.export({ format: 'jwk' })] } }] }, [/^trusted_issuers\.0\.jwks\.keys\.0: must be a public key: "d"/]],
  ['web', { grant_types: ['authorization_code', ...TRUSTS.grant_types], scope: 'openid', trusted_issuers: [{ ...PARTNER, subject: 'client' }] }, ['trusted_issuers.0.subject: must be user_id or email: only a machine acts as itself']],
]

const THE_REST: readonly Case[] = [
  ['web', { frontchannel_logout_uri: 'https://app.example.com/logout', frontchannel_logout_session_required: true }, []],
  ['web', { frontchannel_logout_uri: 'https://other.example.com/logout' }, ['frontchannel_logout_uri: must have the scheme, host and port of a redirect URI']],
  ['web', { frontchannel_logout_uri: 'https://app.example.com:8443/logout' }, ['frontchannel_logout_uri: must have the scheme, host and port of a redirect URI']],
  ['web', { frontchannel_logout_session_required: true }, [/^frontchannel_logout_session_required: must be left out/]],
  ['web', { initiate_login_uri: 'https://app.example.com/login' }, []],
  ['web', { initiate_login_uri: 'http://127.0.0.1/login' }, ['initiate_login_uri: must be https']],
  ...['https://app.example.com/sign-in', 'https://login.example.com/?tenant=1', 'http://127.0.0.1:4000/sign-in', 'http://[::1]/', 'http://localhost:4000/sign-in'].map((custom_ui_uri): Case => ['web', { custom_ui_uri }, []]),
  ...['http://app.example.com/', 'http://127.0.0.1.evil.example/', 'com.example.app:/sign-in', 'javascript:alert(1)'].map((custom_ui_uri): Case => ['web', { custom_ui_uri }, ['custom_ui_uri: must be https, or in development http on the machine itself']]),
  ['web', { custom_ui_uri: 'https://app@example.com/' }, [/^custom_ui_uri: must not name a user/]],
  ['spa', { custom_ui_uri: 'https://app.example.com/#sign-in' }, [/^custom_ui_uri: must not have a fragment/]],
  ['web', { custom_ui_uri: 'https://app.example.com/?request=1' }, ['custom_ui_uri: must not have a parameter request, which is added']],
  ['third_party', { custom_ui_uri: 'https://app.example.com/' }, [/^custom_ui_uri: must be left out for a client of type third_party/]],
  ['machine', { custom_ui_uri: 'https://app.example.com/' }, [/^custom_ui_uri: must be left out/]],
  ['native', { grant_types: [DEVICE_CODE], redirect_uris: [], custom_ui_uri: 'https://app.example.com/' }, ['custom_ui_uri: must be left out without authorization_code']],
  ['web', { subject_type: 'pairwise' }, []],
  ['web', { subject_type: 'pairwise', redirect_uris: [CALLBACK, 'https://other.example.com/'] }, [/^sector_identifier_uri: must be given/]],
  ['web', { subject_type: 'pairwise', redirect_uris: [CALLBACK, 'https://other.example.com/'], sector_identifier_uri: 'https://app.example.com/sector.json' }, []],
  ['native', { subject_type: 'pairwise', redirect_uris: ['com.example.app:/callback'] }, [/^sector_identifier_uri: must be given/]],
  ['web', { sector_identifier_uri: 'https://app.example.com/sector.json' }, [/^sector_identifier_uri: must be left out/]],
  ['native', { subject_type: 'pairwise', grant_types: ['authorization_code', DEVICE_CODE], scope: 'openid' }, [/^subject_type: must be public with device_code/]],
  ['web', { subject_type: 'secret' }, ['subject_type: must be public or pairwise']],
  ['web', { access_token_format: 'opaque', access_token_ttl_seconds: 60, id_token_ttl_seconds: 3_600, refresh_token_ttl_seconds: 86_400 }, []],
  ['web', { access_token_format: 'saml' }, ['access_token_format: must be jwt or opaque']],
  ...[59, 3_601, 1.5, '600', null, -1].map((value): Case => ['web', { access_token_ttl_seconds: value }, ['access_token_ttl_seconds: must be a whole number of seconds from 60 to 3600']]),
  ['web', { refresh_token_ttl_seconds: 31_536_001 }, [/^refresh_token_ttl_seconds: must be a whole number of seconds from 60 to 31536000/]],
  ['web', { default_max_age: 0, require_auth_time: true }, []],
  ['web', { default_max_age: -1, require_auth_time: 'yes' }, [/^default_max_age: must be a whole number/, 'require_auth_time: must be true or false']],
  ['native', { grant_types: [DEVICE_CODE], redirect_uris: undefined, scope: 'openid', require_pushed_authorization_requests: true }, ['require_pushed_authorization_requests: must be left out without authorization_code']],
  ['web', FAPI, []],
  ['machine', FAPI, []],
  ['web', { profile: 'fapi1' }, ['profile: must be none or fapi2']],
  ['spa', { profile: 'fapi2' }, [/^profile: must be none for a client of type spa/]],
  ['web', { ...FAPI, token_endpoint_auth_method: 'client_secret_basic', token_endpoint_auth_signing_alg: undefined }, ['token_endpoint_auth_method: must be private_key_jwt, tls_client_auth or self_signed_tls_client_auth with profile: fapi2']],
  ['web', { ...FAPI, jwks: { keys: [publicKey(2_048)] }, token_endpoint_auth_signing_alg: 'RS256' }, [/^token_endpoint_auth_signing_alg: must be ES256, PS256/]],
  ['web', { ...FAPI, dpop_bound_access_tokens: false, require_pushed_authorization_requests: false }, ['dpop_bound_access_tokens: must not be false with profile: fapi2, unless tls_client_certificate_bound_access_tokens is true', 'require_pushed_authorization_requests: must not be false with profile: fapi2']],
  ['web', { ...FAPI, id_token_signed_response_alg: 'RS256', userinfo_signed_response_alg: 'RS256', request_object_signing_alg: 'RS256', authorization_signed_response_alg: 'RS256' }, [/^id_token_signed_response_alg: must not be RS256/, /^userinfo_signed_response_alg: must not be RS256/, /^request_object_signing_alg: must not be RS256/, /^authorization_signed_response_alg: must not be RS256/]],
  ['web', { ...FAPI, redirect_uris: ['http://127.0.0.1/callback'] }, ['redirect_uris: must all be https with profile: fapi2']],
  ['web', { client_uri: 'https://app.example.com/', policy_uri: 'https://app.example.com/privacy', tos_uri: 'https://app.example.com/terms', contacts: ['admin@example.com'] }, []],
  ['web', { client_uri: 'javascript:alert(1)', policy_uri: 7, tos_uri: 'http://app.example.com/', contacts: ['nobody'] }, ['client_uri: must be https', 'policy_uri: must be a URI', 'tos_uri: must be https', 'contacts.0: must be an email address']],
  ['web', { client_secret: 'x', request_uris: [], response_types: ['token'] }, [/^client_secret: is made by the server/, 'request_uris: is nothing that a client has', 'response_types: is nothing that a client has']],
  ['machine', { initiate_login_uri: 'https://app.example.com/', subject_type: 'public' }, [/^initiate_login_uri: must be left out/, /^subject_type: must be left out/]],
  ['robot', { redirect_uris: [] }, [/^type: must be web, spa, native, machine or third_party$/]],
  ['web', { name: '' }, [/^name: must be a text/]],
  ['web', { name: 'Bank\u202Egnp' }, [/^name: must be a text/]],
  ['web', { name: 'x'.repeat(101) }, [/^name: must be a text/]],
  ['web', { name: 'Bücher & <Café>' }, []],
]

for (const engine of testEngines) {
  describe(`what a client may declare on ${engine}`, () => {
    let server: TestServer
    let folder: string
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'gatepost-clients-'))
      server = await startTestServer(engine)
    })
    afterAll(async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    })

    test.each<[string, readonly Case[], Record<string, string>]>([
      ['redirect URIs by type', REDIRECT_URIS, {}],
      ['grants and scopes by type', GRANTS_AND_SCOPES, {}],
      ['client authentication and keys', AUTHENTICATION, {}],
      ['addresses that the server asks', OUTBOUND, {}],
      ['acting for somebody', ON_BEHALF, {}],
      ['subjects, lifetimes, logout, profiles and the rest', THE_REST, {}],
      ['certificates that nobody sees, request objects, signed answers', CERTIFICATES_UNSEEN, {}],
      ['certificates', CERTIFICATES_ALLOWED, { TRUSTED_PROXIES: '127.0.0.1', TLS_CLIENT_CERTIFICATE_HEADER: 'Client-Cert', TLS_CLIENT_VERIFY_HEADER: 'Client-Verify' }],
    ])('is checked, each problem with its path: %s', async (_name, cases, environment) => {
      const clients = cases.map(([type, declared], index) => ({ client_id: `client-${index}`, name: 'Client', type, ...(type === 'machine' ? {} : { redirect_uris: [CALLBACK] }), ...declared }))
      const file = join(folder, 'clients.json')
      await writeFile(file, JSON.stringify({ clients }))
      const { code, stdout, stderr } = await operatorOf(server, { OUTBOUND_INTERNAL_HOSTS: 'inside.example:8080', ...environment }).run(['plan', file])
      expect([code, stdout]).toEqual([1, ''])
      const named = new Map<number, string[]>()
      for (const line of stderr.trimEnd().split('\n')) {
        const [, index = '', problem = line] = /^gatepost: clients\.(\d+)\.(.*)$/.exec(line) ?? []
        named.set(Number(index), [...(named.get(Number(index)) ?? []), problem])
      }
      for (const [index, [type, declared, problems]] of cases.entries()) {
        const expected = problems.map((one) => (typeof one === 'string' ? one : (expect.stringMatching(one) as string)))
        expect([type, declared, named.get(index) ?? []]).toEqual([type, declared, expected])
      }
    })
  })
}

test('every field that a client may declare has a row in docs/client-fields.md, and no other has', async () => {
  const page = await readFile(new URL('../../../docs/client-fields.md', import.meta.url), 'utf8')
  const documented = [...page.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, field]) => field)
  expect(documented.sort()).toEqual(['client_id', 'name', 'type', ...Object.keys(FIELDS)].sort())
})
