import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed':
    'Этот адрес здесь нельзя использовать. Укажите тот, для которого предназначен сервис, или обратитесь к его администрации.',
  'failure.invalid_invitation': 'Это приглашение использовано, отозвано или устарело. Попросите новое у того, кто вас пригласил.',
  'failure.invited_has_account': 'У вас уже есть аккаунт. Войдите в него.',
  'flow.invalid_invitation.title': 'Это приглашение больше не действует',
  'flow.too_many_sessions.title': 'Слишком много устройств',
  'flow.too_many_sessions.text': 'Вы вошли на максимально допустимом числе устройств. Выйдите на одном из них, а затем войдите здесь.',
  'invitation.explanation': 'Новые аккаунты — только по приглашению. Откройте ссылку в письме, которым вас пригласили.',
  'terminate_sessions.title': 'Выйти на других устройствах?',
  'terminate_sessions.explanation': 'Вы вошли на максимально допустимом числе устройств. Чтобы войти здесь, будет выполнен выход на этих:',
  'terminate_sessions.more': 'и ещё: {count}',
  'terminate_sessions.facts': '{ip}, последнее использование: {lastUsed}',
  'terminate_sessions.submit': 'Выйти на них и продолжить',
  'mail.invitation.subject': 'Приглашение в {brand}',
  'mail.invitation.heading': 'Вас пригласили',
  'mail.invitation.lead': 'Администрация {brand} приглашает вас создать аккаунт для этого адреса.',
  'mail.invitation.link': 'Принять приглашение',
  'mail.invitation.until': 'Действует до',
  'mail.invitation.ignore': 'Ссылка только для вас: никому её не передавайте. Если аккаунт вам не нужен, не обращайте внимания на это письмо.',
  'mail.account_locked.subject': 'Слишком много неверных попыток для вашего аккаунта {brand}',
  'mail.account_locked.heading': 'Кто-то пробовал слишком часто',
  'mail.account_locked.password':
    'Для вашего аккаунта {brand} введено столько неверных паролей, что некоторое время его пароль не будет приниматься.',
  'mail.account_locked.second_factor':
    'Кто-то прошёл первый шаг входа в ваш аккаунт {brand} и ввёл столько неверных кодов, что некоторое время ни один не будет приниматься.',
  'mail.account_locked.until': 'До',
  'mail.account_locked.next_password':
    'Это не касается устройств, на которых вы уже входили. В других местах можно войти иначе, например с отправленным вам кодом, или сбросить пароль. Если это были не вы, никто не вошёл.',
  'mail.account_locked.next_second_factor':
    'Это не касается устройств, на которых вы уже входили. Если это были не вы, кто-то знает ваш пароль или читает вашу почту: немедленно сбросьте пароль.',
}
