import type { MailAddresses } from './mail-content.ts'

/** `publicUrl` is an origin without a slash at its end, `basePath` is `/` or `/auth`. A support address that is no web or mail
 * address is left out rather than linked. */
export function listMailAddresses(settings: { publicUrl: string; basePath: string; supportUrl?: string }): MailAddresses {
  const base = `${settings.publicUrl}${settings.basePath.replace(/\/+$/, '')}`
  return {
    login: `${base}/login`,
    resetPassword: `${base}/reset_password`,
    settings: `${base}/settings`,
    invitation: (secret) => `${base}/signup?invitation=${encodeURIComponent(secret)}`,
    loginLink: (secret) => `${base}/login_link?token=${encodeURIComponent(secret)}`,
    support: settings.supportUrl && /^(https?:\/\/|mailto:)\S+$/i.test(settings.supportUrl) ? settings.supportUrl : undefined,
  }
}
