import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'ใช้อีเมลนี้ที่นี่ไม่ได้ โปรดใช้อีเมลที่บริการนี้รองรับหรือสอบถามผู้ดูแลบริการ',
  'failure.invalid_invitation': 'คำเชิญนี้ถูกใช้ไปแล้ว ถูกยกเลิก หรือเก่าเกินไป โปรดขอคำเชิญใหม่จากผู้ที่เชิญคุณ',
  'failure.invited_has_account': 'คุณมีบัญชีอยู่แล้ว โปรดลงชื่อเข้าใช้บัญชีนั้น',
  'flow.invalid_invitation.title': 'คำเชิญนี้สิ้นสุดแล้ว',
  'flow.too_many_sessions.title': 'อุปกรณ์มากเกินไป',
  'flow.too_many_sessions.text': 'คุณลงชื่อเข้าใช้ครบจำนวนอุปกรณ์ที่อนุญาตแล้ว โปรดออกจากระบบในเครื่องหนึ่งก่อน แล้วลงชื่อเข้าใช้ที่นี่',
  'invitation.explanation': 'บัญชีใหม่สร้างได้เมื่อได้รับเชิญเท่านั้น โปรดเปิดลิงก์ในอีเมลที่เชิญคุณ',
  'terminate_sessions.title': 'ออกจากระบบที่อื่นไหม',
  'terminate_sessions.explanation': 'คุณลงชื่อเข้าใช้ครบจำนวนอุปกรณ์ที่อนุญาตแล้ว หากลงชื่อเข้าใช้ที่นี่ อุปกรณ์ต่อไปนี้จะออกจากระบบ:',
  'terminate_sessions.more': 'อุปกรณ์อื่น: {count}',
  'terminate_sessions.facts': '{ip}, ใช้ล่าสุด: {lastUsed}',
  'terminate_sessions.submit': 'ออกจากระบบแล้วไปต่อ',
  'mail.invitation.subject': 'คุณได้รับเชิญให้เข้าร่วม {brand}',
  'mail.invitation.heading': 'คุณได้รับเชิญ',
  'mail.invitation.lead': 'ผู้ดูแล {brand} เชิญคุณให้สร้างบัญชีด้วยอีเมลนี้',
  'mail.invitation.link': 'ยอมรับคำเชิญ',
  'mail.invitation.until': 'ใช้ได้ถึง',
  'mail.invitation.ignore': 'ลิงก์นี้สำหรับคุณเท่านั้น โปรดอย่าส่งต่อ หากคุณไม่ต้องการบัญชี โปรดเพิกเฉยต่ออีเมลนี้',
  'mail.account_locked.subject': 'มีการลองผิดมากเกินไปในบัญชี {brand} ของคุณ',
  'mail.account_locked.heading': 'มีคนลองหลายครั้งเกินไป',
  'mail.account_locked.password': 'มีการป้อนรหัสผ่านผิดสำหรับบัญชี {brand} ของคุณหลายครั้ง ระบบจึงไม่รับรหัสผ่านเป็นการชั่วคราว',
  'mail.account_locked.second_factor':
    'มีผู้ผ่านขั้นตอนแรกของการลงชื่อเข้าใช้บัญชี {brand} ของคุณและป้อนรหัสผิดหลายครั้ง ระบบจึงไม่รับรหัสใดเป็นการชั่วคราว',
  'mail.account_locked.one_time_code': 'มีการป้อนรหัสผิดสำหรับบัญชี {brand} ของคุณหลายครั้ง ระบบจึงไม่รับรหัสที่ส่งถึงคุณเป็นการชั่วคราว',
  'mail.account_locked.next_one_time_code':
    'อุปกรณ์ที่คุณเคยลงชื่อเข้าใช้ไม่ได้รับผลกระทบ ที่อื่นโปรดลงชื่อเข้าใช้ด้วยวิธีอื่นหรือรอสักครู่ หากไม่ใช่คุณ ก็ไม่มีใครเข้าใช้ได้',
  'mail.account_locked.until': 'จนถึง',
  'mail.account_locked.next_password':
    'อุปกรณ์ที่คุณเคยลงชื่อเข้าใช้ไม่ได้รับผลกระทบ ที่อื่นคุณลงชื่อเข้าใช้ด้วยวิธีอื่นได้ เช่น ด้วยรหัสที่ส่งถึงคุณ หรือรีเซ็ตรหัสผ่าน หากไม่ใช่คุณ ก็ไม่มีใครเข้าใช้ได้',
  'mail.account_locked.next_second_factor':
    'อุปกรณ์ที่คุณเคยลงชื่อเข้าใช้ไม่ได้รับผลกระทบ หากไม่ใช่คุณ แสดงว่ามีคนรู้รหัสผ่านหรืออ่านอีเมลของคุณ โปรดรีเซ็ตรหัสผ่านทันที',
}
