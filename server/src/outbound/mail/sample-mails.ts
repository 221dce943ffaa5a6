import type { MailRequest, MailTemplate } from '../../domain/mail.ts'

const TO = 'maya@example.com'
const OCCURRENCE = { to: TO, at: Date.UTC(2026, 5, 1, 9, 30), ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' } as const
const CODE = { to: TO, code: '012345' } as const
const LINK = { to: TO, link: 'sample' } as const

/** Each mail with data that nobody has; a template without a sample does not compile. */
export const SAMPLE_MAILS: Readonly<Record<MailTemplate, MailRequest>> = {
  signup_code: { template: 'signup_code', ...CODE },
  login_code: { template: 'login_code', ...CODE },
  recovery_code: { template: 'recovery_code', ...CODE },
  reauthentication_code: { template: 'reauthentication_code', ...CODE },
  second_factor_code: { template: 'second_factor_code', ...CODE },
  login_link: { template: 'login_link', ...LINK },
  recovery_link: { template: 'recovery_link', ...LINK, code: CODE.code },
  reauthentication_link: { template: 'reauthentication_link', ...LINK },
  second_factor_link: { template: 'second_factor_link', ...LINK },
  email_change_code: { template: 'email_change_code', ...CODE },
  invitation: { template: 'invitation', to: TO, secret: 'sample', expiresAt: OCCURRENCE.at },
  signup_existing_account: { template: 'signup_existing_account', to: TO },
  email_changed: { template: 'email_changed', to: TO, newAddressMasked: 'm•••@example.org' },
  email_addresses_changed: { template: 'email_addresses_changed', to: TO, change: 'added', addressMasked: 'm•••@example.org' },
  phone_numbers_changed: { template: 'phone_numbers_changed', change: 'added', numberMasked: '+41****67', ...OCCURRENCE },
  account_locked: { template: 'account_locked', kind: 'password', until: OCCURRENCE.at, ...OCCURRENCE },
  password_changed: { template: 'password_changed', ...OCCURRENCE },
  second_factor_changed: { template: 'second_factor_changed', change: 'totp_added', ...OCCURRENCE },
  passkey_created: { template: 'passkey_created', ...OCCURRENCE },
  passkey_removed: { template: 'passkey_removed', ...OCCURRENCE },
  new_sign_in: { template: 'new_sign_in', ...OCCURRENCE },
  refresh_token_reuse: { template: 'refresh_token_reuse', ...OCCURRENCE },
  admin_granted: { template: 'admin_granted', to: TO, at: OCCURRENCE.at },
  account_deletion_scheduled: { template: 'account_deletion_scheduled', to: TO, deleteAt: OCCURRENCE.at },
  account_deletion_reminder: { template: 'account_deletion_reminder', to: TO, deleteAt: OCCURRENCE.at },
  account_deletion_cancelled: { template: 'account_deletion_cancelled', ...OCCURRENCE },
  account_deleted: { template: 'account_deleted', to: TO, at: OCCURRENCE.at },
}
