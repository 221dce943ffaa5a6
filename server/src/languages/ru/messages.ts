import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Здравствуйте!',
  'mail.sent_by':
    'Это письмо отправлено сервисом {brand} из-за события, связанного с этим адресом электронной почты. Ответы на него никто не читает.',
  'mail.when': 'Когда',
  'mail.device': 'Устройство',
  'mail.ip_address': 'IP-адрес',
  'mail.new_address': 'Новый адрес',
  'mail.unknown_device': 'нераспознанное устройство',
  'mail.unknown_address': 'неизвестно',

  'mail.code_lifetime': 'Код действует один раз. Срок действия: {time}.',
  'mail.code_secrecy': 'Никому не сообщайте код. Мы никогда не спрашиваем его по телефону, в чате или по почте.',
  'mail.contact_support': 'Обратиться в поддержку',
  'mail.ask_for_help': 'Если это были не вы, сразу сообщите администрации {brand}.',
  'mail.reset_password': 'Сбросить пароль',
  'mail.review_sessions': 'Посмотреть сеансы',
  'mail.review_settings': 'Открыть настройки',
  'mail.sign_in': 'Войти',

  'mail.signup_code.subject': 'Код для создания аккаунта {brand}',
  'mail.signup_code.heading': 'Подтвердите адрес электронной почты',
  'mail.signup_code.lead': 'Добро пожаловать! Чтобы завершить создание аккаунта {brand}, введите этот код на странице, где вы зарегистрировались.',
  'mail.signup_code.ignore':
    'Если вы не регистрировались, не обращайте внимания на это письмо. Без кода ни один аккаунт с вашим адресом не будет подтверждён.',

  'mail.login_code.subject': 'Код для входа в {brand}',
  'mail.login_code.heading': 'Ваш код для входа',
  'mail.login_code.lead': 'Чтобы войти в {brand}, введите этот код на странице, где вы его запросили.',
  'mail.login_code.ignore': 'Если вы не выполняете вход, не обращайте внимания на это письмо. Без кода никто не войдёт.',

  'mail.recovery_code.subject': 'Код для сброса пароля {brand}',
  'mail.recovery_code.heading': 'Сброс пароля',
  'mail.recovery_code.lead': 'Чтобы задать новый пароль для аккаунта {brand}, введите этот код на странице, где вы его запросили.',
  'mail.recovery_code.ignore': 'Если вы этого не запрашивали, не обращайте внимания на это письмо. Пароль останется прежним.',

  'mail.reauthentication_code.subject': 'Код для подтверждения личности в {brand}',
  'mail.reauthentication_code.heading': 'Подтвердите, что это вы',
  'mail.reauthentication_code.lead': 'Вы собираетесь изменить что-то важное в своём аккаунте {brand}. Чтобы продолжить, введите этот код.',
  'mail.reauthentication_code.ignore':
    'Если это начали не вы, вашим аккаунтом может пользоваться кто-то другой. Никому не передавайте код и смените пароль.',

  'mail.second_factor_code.subject': 'Код для второго шага в {brand}',
  'mail.second_factor_code.heading': 'Ещё один шаг',
  'mail.second_factor_code.lead': 'Ваш пароль верный. Чтобы продолжить в {brand}, введите этот код на странице, где вас о нём попросили.',
  'mail.second_factor_code.ignore': 'Если вы только что не вводили пароль, его знает кто-то другой. Никому не передавайте код и смените пароль.',

  'mail.email_change_code.subject': 'Код для использования этого адреса в {brand}',
  'mail.email_change_code.heading': 'Подтвердите новый адрес электронной почты',
  'mail.email_change_code.lead': 'Чтобы использовать этот адрес для аккаунта {brand}, введите этот код на странице, где вы запросили изменение.',
  'mail.email_change_code.ignore':
    'Если вы этого не запрашивали, не обращайте внимания на это письмо. Без кода ваш адрес не будет добавлен ни к одному аккаунту.',

  'mail.signup_existing_account.subject': 'У вас уже есть аккаунт {brand}',
  'mail.signup_existing_account.heading': 'У вас уже есть аккаунт',
  'mail.signup_existing_account.lead':
    'Кто-то, скорее всего вы, пытался создать аккаунт {brand} с этим адресом электронной почты. У этого адреса уже есть аккаунт.',
  'mail.signup_existing_account.next': 'Вы можете в него войти. Если забыли пароль, задайте новый.',
  'mail.signup_existing_account.ignore':
    'Если это были не вы, не обращайте внимания на это письмо. Ваш аккаунт не изменился, и страница не сообщила, что он существует.',

  'mail.email_changed.subject': 'Адрес электронной почты вашего аккаунта {brand} изменён',
  'mail.email_changed.heading': 'Ваш адрес электронной почты изменён',
  'mail.email_changed.lead': 'Адрес электронной почты вашего аккаунта {brand} изменён. С прежним адресом больше нельзя войти.',
  'mail.email_changed.next': 'Если это сделали вы, ничего делать не нужно.',

  'mail.password_changed.subject': 'Пароль вашего аккаунта {brand} изменён',
  'mail.password_changed.heading': 'Ваш пароль изменён',
  'mail.password_changed.lead': 'Пароль вашего аккаунта {brand} был изменён.',
  'mail.password_changed.next':
    'Если это сделали вы, ничего делать не нужно. Если нет, немедленно сбросьте пароль, чтобы закрыть доступ постороннему.',

  'mail.totp_added.subject': 'В ваш аккаунт {brand} добавлено приложение для аутентификации',
  'mail.totp_added.heading': 'Добавлено приложение для аутентификации',
  'mail.totp_added.lead': 'Теперь для входа в {brand} нужен ещё и код из этого приложения.',
  'mail.totp_removed.subject': 'Из вашего аккаунта {brand} удалено приложение для аутентификации',
  'mail.totp_removed.heading': 'Приложение для аутентификации удалено',
  'mail.totp_removed.lead': 'Коды из этого приложения больше не принимаются для входа в {brand}.',
  'mail.recovery_codes_made.subject': 'Новые коды восстановления для аккаунта {brand}',
  'mail.recovery_codes_made.heading': 'Созданы новые коды восстановления',
  'mail.recovery_codes_made.lead': 'Прежние коды восстановления вашего аккаунта {brand} больше нельзя использовать.',
  'mail.recovery_code_used.subject': 'Использован код восстановления вашего аккаунта {brand}',
  'mail.recovery_code_used.heading': 'Использован код восстановления',
  'mail.recovery_code_used.lead': 'Кто-то вошёл в {brand} с одним из ваших кодов восстановления. Этот код больше нельзя использовать.',
  'mail.second_factor_changed.next':
    'Если это были вы, ничего делать не нужно. Если нет, вошёл кто-то другой: немедленно сбросьте пароль и проверьте настройки.',

  'mail.passkey_created.subject': 'В ваш аккаунт {brand} добавлен ключ доступа',
  'mail.passkey_created.heading': 'Добавлен ключ доступа',
  'mail.passkey_created.lead': 'Теперь в ваш аккаунт {brand} можно войти с новым ключом доступа.',
  'mail.passkey_created.next': 'Если его добавили вы, ничего делать не нужно. Если нет, удалите его в настройках и немедленно сбросьте пароль.',
  'mail.passkey_removed.subject': 'Из вашего аккаунта {brand} удалён ключ доступа',
  'mail.passkey_removed.heading': 'Ключ доступа удалён',
  'mail.passkey_removed.lead':
    'Ключ доступа вашего аккаунта {brand} удалён. С ним больше нельзя войти, а на других ваших устройствах выполнен выход.',
  'mail.passkey_removed.next':
    'Если его удалили вы, ничего делать не нужно. Если нет, немедленно сбросьте пароль, чтобы закрыть доступ постороннему.',

  'mail.new_sign_in.subject': 'Новый вход в ваш аккаунт {brand}',
  'mail.new_sign_in.heading': 'Новый вход в ваш аккаунт',
  'mail.new_sign_in.lead': 'В ваш аккаунт {brand} вошли с устройства, которого мы раньше не видели.',
  'mail.new_sign_in.next': 'Если это были вы, ничего делать не нужно. Если нет, сбросьте пароль и завершите сеансы, которые вам незнакомы.',

  'mail.refresh_token_reuse.subject': 'Мы завершили сеанс вашего аккаунта {brand}',
  'mail.refresh_token_reuse.heading': 'Мы завершили сеанс, чтобы защитить вас',
  'mail.refresh_token_reuse.lead':
    'Ключ, с которым вы остаётесь в {brand} без повторного входа, использован второй раз. Это может означать, что его скопировали, поэтому мы завершили этот сеанс.',
  'mail.refresh_token_reuse.next': 'Чтобы продолжить, войдите снова. Если устройство ниже вам незнакомо, сбросьте и пароль.',

  'mail.account_deleted.subject': 'Ваш аккаунт {brand} удалён',
  'mail.account_deleted.heading': 'Ваш аккаунт удалён',
  'mail.account_deleted.lead': 'Ваш аккаунт {brand} удалён, а все его сеансы завершены.',
  'mail.account_deleted.next': 'Если вы об этом просили, ничего делать не нужно. Спасибо, что были с нами.',
}
