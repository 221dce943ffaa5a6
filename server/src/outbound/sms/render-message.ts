import type { MessageRequest } from '../../domain/message.ts'
export function renderMessage(request: MessageRequest, _s: { brandName: string; publicUrl: string }): string {
  return request.code
}
