import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'Цю адресу тут не можна використати. Вкажіть ту, для якої призначено сервіс, або зверніться до його адміністрації.',
  'failure.invalid_invitation': 'Це запрошення використано, відкликано або воно застаріле. Попросіть нове в того, хто вас запросив.',
  'failure.invited_has_account': 'Ви вже маєте обліковий запис. Увійдіть у нього.',
  'flow.invalid_invitation.title': 'Це запрошення вже не діє',
  'flow.too_many_sessions.title': 'Забагато пристроїв',
  'flow.too_many_sessions.text': 'Ви ввійшли на найбільшій дозволеній кількості пристроїв. Вийдіть на одному з них, а потім увійдіть тут.',
  'invitation.explanation': 'Нові облікові записи — лише за запрошенням. Відкрийте посилання в листі, яким вас запросили.',
  'terminate_sessions.title': 'Вийти на інших пристроях?',
  'terminate_sessions.explanation': 'Ви ввійшли на найбільшій дозволеній кількості пристроїв. Щоб увійти тут, буде виконано вихід на цих:',
  'terminate_sessions.more': 'Інші пристрої: {count}',
  'terminate_sessions.facts': '{ip}, останнє використання: {lastUsed}',
  'terminate_sessions.submit': 'Вийти на них і продовжити',
  'mail.invitation.subject': 'Вас запрошено до {brand}',
  'mail.invitation.heading': 'Вас запрошено',
  'mail.invitation.lead': 'Адміністрація {brand} запрошує вас створити обліковий запис для цієї адреси.',
  'mail.invitation.link': 'Прийняти запрошення',
  'mail.invitation.until': 'Діє до',
  'mail.invitation.ignore': 'Посилання лише для вас: нікому його не передавайте. Якщо обліковий запис вам не потрібен, не зважайте на цей лист.',
  'mail.account_locked.subject': 'Забагато хибних спроб щодо вашого облікового запису {brand}',
  'mail.account_locked.heading': 'Хтось пробував надто часто',
  'mail.account_locked.password': 'Для вашого облікового запису {brand} введено стільки хибних паролів, що певний час його пароль не прийматиметься.',
  'mail.account_locked.second_factor':
    'Хтось пройшов перший крок входу у ваш обліковий запис {brand} і ввів стільки хибних кодів, що певний час жоден не прийматиметься.',
  'mail.account_locked.until': 'До',
  'mail.account_locked.next_password':
    'Це не стосується пристроїв, на яких ви вже входили. Деінде можна ввійти в інший спосіб, наприклад із надісланим вам кодом, або скинути пароль. Якщо це були не ви, ніхто не ввійшов.',
  'mail.account_locked.next_second_factor':
    'Це не стосується пристроїв, на яких ви вже входили. Якщо це були не ви, хтось знає ваш пароль або читає вашу пошту: негайно скиньте пароль.',
}
