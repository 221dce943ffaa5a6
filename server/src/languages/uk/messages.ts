import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Вітаємо!',
  'mail.sent_by': 'Цей лист надсилає {brand} через подію, пов’язану з цією електронною адресою. Відповіді на нього ніхто не читає.',
  'mail.when': 'Коли',
  'mail.device': 'Пристрій',
  'mail.ip_address': 'IP-адреса',
  'mail.new_address': 'Нова адреса',
  'mail.unknown_device': 'нерозпізнаний пристрій',
  'mail.unknown_address': 'невідомо',

  'mail.code_lifetime': 'Код діє один раз. Термін дії: {time}.',
  'mail.code_secrecy': 'Нікому не кажіть цей код. Ми ніколи не питаємо його телефоном, у чаті чи поштою.',
  'mail.contact_support': 'Звернутися до підтримки',
  'mail.ask_for_help': 'Якщо це були не ви, одразу повідомте адміністрацію {brand}.',
  'mail.reset_password': 'Скинути пароль',
  'mail.review_sessions': 'Переглянути сеанси',
  'mail.review_settings': 'Відкрити налаштування',
  'mail.sign_in': 'Увійти',

  'mail.signup_code.subject': 'Код для створення облікового запису {brand}',
  'mail.signup_code.heading': 'Підтвердьте свою електронну адресу',
  'mail.signup_code.lead': 'Ласкаво просимо! Щоб завершити створення облікового запису {brand}, введіть цей код на сторінці, де ви зареєструвалися.',
  'mail.signup_code.ignore':
    'Якщо ви не реєструвалися, не зважайте на цей лист. Без коду жоден обліковий запис із вашою адресою не буде підтверджено.',

  'mail.login_code.subject': 'Код для входу в {brand}',
  'mail.login_code.heading': 'Ваш код для входу',
  'mail.login_code.lead': 'Щоб увійти в {brand}, введіть цей код на сторінці, де ви його попросили.',
  'mail.login_code.ignore': 'Якщо ви не виконуєте вхід, не зважайте на цей лист. Без коду ніхто не ввійде.',

  'mail.recovery_code.subject': 'Код для скидання пароля {brand}',
  'mail.recovery_code.heading': 'Скидання пароля',
  'mail.recovery_code.lead': 'Щоб задати новий пароль для облікового запису {brand}, введіть цей код на сторінці, де ви його попросили.',
  'mail.recovery_code.ignore': 'Якщо ви цього не просили, не зважайте на цей лист. Ваш пароль залишиться без змін.',

  'mail.reauthentication_code.subject': 'Код для підтвердження особи в {brand}',
  'mail.reauthentication_code.heading': 'Підтвердьте, що це ви',
  'mail.reauthentication_code.lead': 'Ви збираєтеся змінити щось важливе у своєму обліковому записі {brand}. Щоб продовжити, введіть цей код.',
  'mail.reauthentication_code.ignore':
    'Якщо це почали не ви, вашим обліковим записом може користуватися хтось інший. Нікому не передавайте код і змініть пароль.',

  'mail.second_factor_code.subject': 'Код для другого кроку в {brand}',
  'mail.second_factor_code.heading': 'Ще один крок',
  'mail.second_factor_code.lead': 'Ваш пароль правильний. Щоб продовжити в {brand}, введіть цей код на сторінці, де вас про нього попросили.',
  'mail.second_factor_code.ignore': 'Якщо ви щойно не вводили пароль, його знає хтось інший. Нікому не передавайте код і змініть пароль.',

  'mail.email_change_code.subject': 'Код для використання цієї адреси в {brand}',
  'mail.email_change_code.heading': 'Підтвердьте нову електронну адресу',
  'mail.email_change_code.lead':
    'Щоб використовувати цю адресу для облікового запису {brand}, введіть цей код на сторінці, де ви попросили про зміну.',
  'mail.email_change_code.ignore':
    'Якщо ви цього не просили, не зважайте на цей лист. Без коду вашу адресу не буде додано до жодного облікового запису.',

  'mail.signup_existing_account.subject': 'Ви вже маєте обліковий запис {brand}',
  'mail.signup_existing_account.heading': 'Ви вже маєте обліковий запис',
  'mail.signup_existing_account.lead':
    'Хтось, найімовірніше ви, намагався створити обліковий запис {brand} із цією електронною адресою. Вона вже має обліковий запис.',
  'mail.signup_existing_account.next': 'Ви можете в нього ввійти. Якщо забули пароль, задайте новий.',
  'mail.signup_existing_account.ignore':
    'Якщо це були не ви, не зважайте на цей лист. Ваш обліковий запис не змінився, і сторінка не повідомила, що він існує.',

  'mail.email_changed.subject': 'Електронну адресу вашого облікового запису {brand} змінено',
  'mail.email_changed.heading': 'Вашу електронну адресу змінено',
  'mail.email_changed.lead': 'Електронну адресу вашого облікового запису {brand} змінено. З попередньою адресою більше не можна ввійти.',
  'mail.email_changed.next': 'Якщо це зробили ви, нічого робити не потрібно.',

  'mail.password_changed.subject': 'Пароль вашого облікового запису {brand} змінено',
  'mail.password_changed.heading': 'Ваш пароль змінено',
  'mail.password_changed.lead': 'Пароль вашого облікового запису {brand} було змінено.',
  'mail.password_changed.next':
    'Якщо це зробили ви, нічого робити не потрібно. Якщо ні, негайно скиньте пароль, щоб позбавити доступу сторонню особу.',

  'mail.totp_added.subject': 'До вашого облікового запису {brand} додано застосунок для автентифікації',
  'mail.totp_added.heading': 'Додано застосунок для автентифікації',
  'mail.totp_added.lead': 'Відтепер для входу в {brand} потрібен ще й код із цього застосунку.',
  'mail.totp_removed.subject': 'З вашого облікового запису {brand} вилучено застосунок для автентифікації',
  'mail.totp_removed.heading': 'Застосунок для автентифікації вилучено',
  'mail.totp_removed.lead': 'Коди з цього застосунку більше не приймаються для входу в {brand}.',
  'mail.recovery_codes_made.subject': 'Нові коди відновлення для облікового запису {brand}',
  'mail.recovery_codes_made.heading': 'Створено нові коди відновлення',
  'mail.recovery_codes_made.lead': 'Попередні коди відновлення вашого облікового запису {brand} більше не можна використати.',
  'mail.recovery_code_used.subject': 'Використано код відновлення вашого облікового запису {brand}',
  'mail.recovery_code_used.heading': 'Використано код відновлення',
  'mail.recovery_code_used.lead': 'Хтось увійшов у {brand} з одним із ваших кодів відновлення. Цей код більше не можна використати.',
  'mail.second_factor_changed.next':
    'Якщо це були ви, нічого робити не потрібно. Якщо ні, увійшов хтось інший: негайно скиньте пароль і перегляньте налаштування.',

  'mail.passkey_created.subject': 'До вашого облікового запису {brand} додано ключ доступу',
  'mail.passkey_created.heading': 'Додано ключ доступу',
  'mail.passkey_created.lead': 'Тепер у ваш обліковий запис {brand} можна ввійти з новим ключем доступу.',
  'mail.passkey_created.next': 'Якщо його додали ви, нічого робити не потрібно. Якщо ні, вилучіть його в налаштуваннях і негайно скиньте пароль.',
  'mail.passkey_removed.subject': 'З вашого облікового запису {brand} вилучено ключ доступу',
  'mail.passkey_removed.heading': 'Ключ доступу вилучено',
  'mail.passkey_removed.lead':
    'Ключ доступу вашого облікового запису {brand} вилучено. З ним більше не можна ввійти, а на інших ваших пристроях виконано вихід.',
  'mail.passkey_removed.next':
    'Якщо його вилучили ви, нічого робити не потрібно. Якщо ні, негайно скиньте пароль, щоб позбавити доступу сторонню особу.',

  'mail.new_sign_in.subject': 'Новий вхід у ваш обліковий запис {brand}',
  'mail.new_sign_in.heading': 'Новий вхід у ваш обліковий запис',
  'mail.new_sign_in.lead': 'У ваш обліковий запис {brand} увійшли з пристрою, якого ми раніше не бачили.',
  'mail.new_sign_in.next': 'Якщо це були ви, нічого робити не потрібно. Якщо ні, скиньте пароль і завершіть сеанси, яких ви не знаєте.',

  'mail.refresh_token_reuse.subject': 'Ми завершили сеанс вашого облікового запису {brand}',
  'mail.refresh_token_reuse.heading': 'Ми завершили сеанс, щоб захистити вас',
  'mail.refresh_token_reuse.lead':
    'Ключ, з яким ви лишаєтеся в {brand} без повторного входу, використано вдруге. Це може означати, що його скопіювали, тому ми завершили цей сеанс.',
  'mail.refresh_token_reuse.next': 'Щоб продовжити, увійдіть знову. Якщо ви не знаєте пристрою, вказаного нижче, скиньте також пароль.',

  'mail.account_deleted.subject': 'Ваш обліковий запис {brand} видалено',
  'mail.account_deleted.heading': 'Ваш обліковий запис видалено',
  'mail.account_deleted.lead': 'Ваш обліковий запис {brand} видалено, а всі його сеанси завершено.',
  'mail.account_deleted.next': 'Якщо ви про це просили, нічого робити не потрібно. Дякуємо, що були з нами.',
}
