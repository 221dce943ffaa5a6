import type { PhoneMessages } from '../catalogue.ts'

export const phoneMessages: PhoneMessages = {
  'sms.signup_code': '{code} on koodisi {brand}-tilin luomiseen. Älä koskaan anna sitä eteenpäin.',
  'sms.login_code': '{code} on koodisi {brand}-palveluun kirjautumiseen. Älä koskaan anna sitä eteenpäin.',
  'sms.recovery_code': '{code} on koodisi {brand}-salasanan nollaamiseen. Älä koskaan anna sitä eteenpäin.',
  'sms.reauthentication_code': '{code} on koodisi, jolla vahvistat {brand}-palvelulle, että se olet sinä. Älä koskaan anna sitä eteenpäin.',
  'sms.phone_change_code': '{code} on koodisi tämän numeron käyttämiseen {brand}-tilillä. Älä koskaan anna sitä eteenpäin.',
  'mailbox.channel_sms': 'Tekstiviesti',
  'mailbox.channel_whatsapp': 'WhatsApp-viesti',
}
