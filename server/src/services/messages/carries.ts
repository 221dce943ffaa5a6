import type { MessageChannel } from '../../domain/message.ts'
import type { SenderSettings } from '../settings/index.ts'

export function carries(sender: SenderSettings, channel: MessageChannel): boolean {
  if (sender.type === 'webhook') return sender.channels.includes(channel)
  return channel === (sender.type === 'whatsapp_cloud' ? 'whatsapp' : 'sms')
}
