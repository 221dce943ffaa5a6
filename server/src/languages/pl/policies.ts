import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'Tego adresu nie można tu użyć. Użyj adresu, dla którego przeznaczona jest ta usługa, lub zapytaj jej operatora.',
  'failure.invalid_invitation': 'To zaproszenie zostało wykorzystane, wycofane lub jest zbyt stare. Poproś o nowe osobę, która Cię zaprosiła.',
  'failure.invited_has_account': 'Masz już konto. Zaloguj się na nie.',
  'flow.invalid_invitation.title': 'To zaproszenie straciło ważność',
  'flow.too_many_sessions.title': 'Zbyt wiele urządzeń',
  'flow.too_many_sessions.text': 'Liczba zalogowanych urządzeń osiągnęła limit. Wyloguj się na jednym z nich, a potem zaloguj się tutaj.',
  'invitation.explanation': 'Nowe konta są tylko na zaproszenie. Otwórz link z wiadomości z zaproszeniem.',
  'terminate_sessions.title': 'Wylogować inne urządzenia?',
  'terminate_sessions.explanation': 'Liczba zalogowanych urządzeń osiągnęła limit. Aby zalogować się tutaj, trzeba wylogować te urządzenia:',
  'terminate_sessions.more': 'Inne urządzenia: {count}',
  'terminate_sessions.facts': '{ip}, ostatnie użycie: {lastUsed}',
  'terminate_sessions.submit': 'Wyloguj je i kontynuuj',
  'mail.invitation.subject': 'Zaproszenie do {brand}',
  'mail.invitation.heading': 'Masz zaproszenie',
  'mail.invitation.lead': 'Operator {brand} zaprasza Cię do utworzenia konta z tym adresem.',
  'mail.invitation.link': 'Przyjmij zaproszenie',
  'mail.invitation.until': 'Ważne do',
  'mail.invitation.ignore': 'Link jest tylko dla Ciebie: nie przekazuj go nikomu. Jeśli nie chcesz konta, zignoruj tę wiadomość.',
  'mail.account_locked.subject': 'Zbyt wiele błędnych prób na Twoim koncie {brand}',
  'mail.account_locked.heading': 'Ktoś próbował zbyt wiele razy',
  'mail.account_locked.password': 'Do Twojego konta {brand} podano tyle błędnych haseł, że hasło przez pewien czas nie będzie przyjmowane.',
  'mail.account_locked.second_factor':
    'Ktoś przeszedł pierwszy etap logowania na Twoje konto {brand} i podał tyle błędnych kodów, że przez pewien czas żaden nie będzie przyjmowany.',
  'mail.account_locked.one_time_code':
    'Do Twojego konta {brand} podano tyle błędnych kodów, że wysyłane do Ciebie kody przez pewien czas nie będą przyjmowane.',
  'mail.account_locked.next_one_time_code':
    'Nie dotyczy to urządzeń, na których były już wcześniejsze logowania. Gdzie indziej zaloguj się w inny sposób lub poczekaj. Jeśli to nie Ty, nikt się nie zalogował.',
  'mail.account_locked.until': 'Do',
  'mail.account_locked.next_password':
    'Nie dotyczy to urządzeń, na których były już wcześniejsze logowania. Gdzie indziej możesz zalogować się w inny sposób, na przykład wysłanym do Ciebie kodem, albo zresetować hasło. Jeśli to nie Ty, nikt się nie zalogował.',
  'mail.account_locked.next_second_factor':
    'Nie dotyczy to urządzeń, na których były już wcześniejsze logowania. Jeśli to nie Ty, ktoś zna Twoje hasło lub czyta Twoją pocztę: od razu zresetuj hasło.',
}
