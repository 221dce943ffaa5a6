import { type AttributeAccess, claimDefinition } from '../../../domain/profile/attribute.ts'
import type { DetailsModel, SettingsModel } from '../views/index.ts'

const EMAIL = 'maya@example.com'
const ID = '0190a0a0-0000-7000-8000-000000000000'
const INSTANT = Date.UTC(2026, 5, 1, 9, 30)
const SESSION = { id: ID, device: 'Firefox on Linux', userAgent: 'Mozilla/5.0', ip: '203.0.113.7', createdAt: INSTANT, lastUsedAt: INSTANT }
const WRITTEN: AttributeAccess = { person: 'write', token: 'read', admin: 'write' }

/** The account of somebody who keeps a little of everything. */
export const SAMPLE_SETTINGS: SettingsModel = {
  user: { email: EMAIL, emailVerified: true, username: 'maya', displayName: 'Maya', createdAt: INSTANT, roles: [] },
  passwordRules: { minimumLength: 8, isBreachChecked: false, history: 0 },
  passwordForm: 'change',
  emails: [
    { id: ID, email: EMAIL, isVerified: true, isPrimary: true },
    { id: ID, email: 'maya@example.org', isVerified: true, isPrimary: false },
  ],
  phones: { list: [{ id: ID, phone: '+41 79 123 45 67' }], isOffered: true },
  details: [],
  pictureUrl: null,
  isDeletionOffered: true,
  secondFactors: {
    isOffered: true,
    totps: [{ id: ID, name: 'Telephone', createdAt: INSTANT, lastUsedAt: INSTANT }],
    recoveryCodesLeft: 7,
    trustedDevices: [{ ...SESSION, expiresAt: INSTANT }],
  },
  sessions: [
    { ...SESSION, isCurrent: true },
    { ...SESSION, device: 'Safari on iPhone', isCurrent: false },
  ],
  applications: [
    { clientId: 'shop', name: 'Shop', scopes: ['openid', 'email', 'orders'], since: INSTANT, lastUsedAt: INSTANT, signInUri: 'https://shop.example.com/login' },
    { clientId: 'calendar', name: 'Calendar', scopes: ['openid', 'profile', 'offline_access'], since: INSTANT, lastUsedAt: null, signInUri: null },
  ],
  passkeys: { suggestedName: 'Firefox on Linux', list: [{ id: ID, name: 'Laptop', isSynced: true, createdAt: INSTANT, lastUsedAt: INSTANT }] },
}

/** Began with a telephone number, and without a password. */
export const SAMPLE_PHONE_SETTINGS: SettingsModel = {
  ...SAMPLE_SETTINGS,
  user: { ...SAMPLE_SETTINGS.user, email: null, emailVerified: false },
  emails: [],
  passwordForm: 'create',
}

/** A moment after signing up, and an address that is not proven yet. */
export const SAMPLE_NEW_SETTINGS: SettingsModel = {
  ...SAMPLE_SETTINGS,
  user: { ...SAMPLE_SETTINGS.user, email: 'maximiliane.wolkenstein-trostburg@accounting.example.com', emailVerified: false, displayName: null, roles: ['admin'] },
  emails: [{ id: ID, email: EMAIL, isVerified: false, isPrimary: true }],
  phones: { list: [], isOffered: true },
  secondFactors: { isOffered: true, totps: [], recoveryCodesLeft: 0, trustedDevices: [] },
  sessions: [{ ...SESSION, isCurrent: true }],
  applications: [],
  passkeys: { suggestedName: 'Firefox on Linux', list: [] },
}

/** One attribute of each kind of field. */
export const SAMPLE_DETAILS: DetailsModel = {
  entries: [
    { definition: { ...claimDefinition('cost_center', 'string', { ...WRITTEN, person: 'read' }), label: 'Cost center' }, value: '4711 Logistics' },
    { definition: claimDefinition('given_name', 'string', WRITTEN), value: 'Maya' },
    { definition: claimDefinition('birthdate', 'birthdate', WRITTEN), value: '1990-12-10' },
    { definition: { ...claimDefinition('team', 'enum', WRITTEN), label: 'Team', values: ['Blue', 'Green'] }, value: 'Green' },
    { definition: { ...claimDefinition('is_driver', 'boolean', WRITTEN), label: 'Drives a company car' }, value: true },
    { definition: { ...claimDefinition('badge', 'integer', WRITTEN), label: 'Badge number', minimum: 1, maximum: 999 }, value: null },
    { definition: claimDefinition('zoneinfo', 'time_zone', WRITTEN), value: 'Europe/London' },
    { definition: claimDefinition('address', 'address', WRITTEN), value: { locality: 'London', country: 'GB' } },
  ],
  faults: [{ name: 'badge', problem: 'too_large' }],
  typed: { badge: '12345' },
}
