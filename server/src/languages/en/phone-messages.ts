/** What is sent to telephones: short, since 160 characters cost one message and the next one doubles that. */
export const phoneMessages = {
  'sms.signup_code': '{code} is your code to create your {brand} account. Never pass it on.',
  'sms.login_code': '{code} is your code to sign in to {brand}. Never pass it on.',
  'sms.recovery_code': '{code} is your code to reset your {brand} password. Never pass it on.',
  'sms.reauthentication_code': '{code} is your code to confirm that it is you at {brand}. Never pass it on.',
  'sms.phone_change_code': '{code} is your code to use this number at {brand}. Never pass it on.',
  'mailbox.channel_sms': 'SMS',
  'mailbox.channel_whatsapp': 'WhatsApp message',
} as const
