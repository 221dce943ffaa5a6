import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Dzień dobry!',
  'mail.sent_by': 'Tę wiadomość wysyła {brand} w związku z działaniem dotyczącym tego adresu e-mail. Odpowiedzi na nią nie są czytane.',
  'mail.when': 'Kiedy',
  'mail.device': 'Urządzenie',
  'mail.ip_address': 'Adres IP',
  'mail.new_address': 'Nowy adres',
  'mail.unknown_device': 'nierozpoznane urządzenie',
  'mail.unknown_address': 'nieznany',

  'mail.code_lifetime': 'Kod jest jednorazowy. Czas ważności: {time}.',
  'mail.code_secrecy': 'Zachowaj kod dla siebie. Nigdy nie prosimy o niego przez telefon, na czacie ani e-mailem.',
  'mail.contact_support': 'Skontaktuj się z pomocą',
  'mail.ask_for_help': 'Jeśli to nie Ty, od razu powiadom operatora {brand}.',
  'mail.reset_password': 'Zresetuj hasło',
  'mail.review_sessions': 'Sprawdź sesje',
  'mail.review_settings': 'Otwórz ustawienia',
  'mail.sign_in': 'Zaloguj się',

  'mail.signup_code.subject': 'Kod do utworzenia konta {brand}',
  'mail.signup_code.heading': 'Potwierdź swój adres e-mail',
  'mail.signup_code.lead': 'Witamy! Aby dokończyć tworzenie konta {brand}, wpisz ten kod na stronie, na której trwa rejestracja.',
  'mail.signup_code.ignore':
    'Jeśli to nie Ty zakładasz konto, zignoruj tę wiadomość. Bez kodu żadne konto z Twoim adresem nie zostanie potwierdzone.',

  'mail.login_code.subject': 'Kod do logowania w {brand}',
  'mail.login_code.heading': 'Twój kod logowania',
  'mail.login_code.lead': 'Aby zalogować się do {brand}, wpisz ten kod na stronie, na której została wysłana prośba o kod.',
  'mail.login_code.ignore': 'Jeśli to nie Ty się logujesz, zignoruj tę wiadomość. Bez kodu nikt się nie zaloguje.',

  'mail.recovery_code.subject': 'Kod do zresetowania hasła {brand}',
  'mail.recovery_code.heading': 'Zresetuj hasło',
  'mail.recovery_code.lead': 'Aby ustawić nowe hasło do konta {brand}, wpisz ten kod na stronie, na której została wysłana prośba o kod.',
  'mail.recovery_code.ignore': 'Jeśli to nie Twoja prośba, zignoruj tę wiadomość. Hasło pozostanie bez zmian.',

  'mail.reauthentication_code.subject': 'Kod do potwierdzenia tożsamości w {brand}',
  'mail.reauthentication_code.heading': 'Potwierdź, że to Ty',
  'mail.reauthentication_code.lead': 'Za chwilę zmienisz coś ważnego na swoim koncie {brand}. Wpisz ten kod, aby kontynuować.',
  'mail.reauthentication_code.ignore': 'Jeśli to nie Ty, ktoś inny może korzystać z Twojego konta. Nie przekazuj nikomu kodu i zmień hasło.',

  'mail.second_factor_code.subject': 'Kod do drugiego etapu w {brand}',
  'mail.second_factor_code.heading': 'Jeszcze jeden krok',
  'mail.second_factor_code.lead': 'Hasło jest prawidłowe. Aby kontynuować w {brand}, wpisz ten kod na stronie, która o niego prosi.',
  'mail.second_factor_code.ignore':
    'Jeśli hasło nie zostało przed chwilą wpisane przez Ciebie, zna je ktoś inny. Nie przekazuj nikomu kodu i zmień hasło.',

  'mail.email_change_code.subject': 'Kod do użycia tego adresu w {brand}',
  'mail.email_change_code.heading': 'Potwierdź nowy adres e-mail',
  'mail.email_change_code.lead': 'Aby używać tego adresu na koncie {brand}, wpisz ten kod na stronie, na której została zgłoszona zmiana.',
  'mail.email_change_code.ignore': 'Jeśli to nie Twoja prośba, zignoruj tę wiadomość. Bez kodu Twój adres nie zostanie dodany do żadnego konta.',

  'mail.signup_existing_account.subject': 'Masz już konto {brand}',
  'mail.signup_existing_account.heading': 'Masz już konto',
  'mail.signup_existing_account.lead': 'Ktoś, najprawdopodobniej Ty, próbował utworzyć konto {brand} z tym adresem e-mail. Ten adres ma już konto.',
  'mail.signup_existing_account.next': 'Możesz się na nie zalogować. Jeśli nie pamiętasz hasła, ustaw nowe.',
  'mail.signup_existing_account.ignore': 'Jeśli to nie Ty, zignoruj tę wiadomość. Twoje konto się nie zmieniło, a strona nie ujawniła, że istnieje.',

  'mail.email_changed.subject': 'Adres e-mail Twojego konta {brand} został zmieniony',
  'mail.email_changed.heading': 'Adres e-mail został zmieniony',
  'mail.email_changed.lead': 'Adres e-mail Twojego konta {brand} został zmieniony. Poprzednim adresem nie można się już zalogować.',
  'mail.email_changed.next': 'Jeśli to Twoja zmiana, nie musisz nic robić.',

  'mail.password_changed.subject': 'Hasło do Twojego konta {brand} zostało zmienione',
  'mail.password_changed.heading': 'Hasło zostało zmienione',
  'mail.password_changed.lead': 'Hasło do Twojego konta {brand} zostało zmienione.',
  'mail.password_changed.next': 'Jeśli to Twoja zmiana, nie musisz nic robić. Jeśli nie, od razu zresetuj hasło, aby odciąć dostęp drugiej osobie.',

  'mail.totp_added.subject': 'Do Twojego konta {brand} dodano aplikację uwierzytelniającą',
  'mail.totp_added.heading': 'Dodano aplikację uwierzytelniającą',
  'mail.totp_added.lead': 'Od teraz logowanie do {brand} wymaga też kodu z tej aplikacji.',
  'mail.totp_removed.subject': 'Z Twojego konta {brand} usunięto aplikację uwierzytelniającą',
  'mail.totp_removed.heading': 'Usunięto aplikację uwierzytelniającą',
  'mail.totp_removed.lead': 'Przy logowaniu do {brand} kody z tej aplikacji nie są już przyjmowane.',
  'mail.recovery_codes_made.subject': 'Nowe kody odzyskiwania Twojego konta {brand}',
  'mail.recovery_codes_made.heading': 'Utworzono nowe kody odzyskiwania',
  'mail.recovery_codes_made.lead': 'Wcześniejszych kodów odzyskiwania konta {brand} nie można już używać.',
  'mail.recovery_code_used.subject': 'Użyto kodu odzyskiwania Twojego konta {brand}',
  'mail.recovery_code_used.heading': 'Użyto kodu odzyskiwania',
  'mail.recovery_code_used.lead': 'Jednym z Twoich kodów odzyskiwania zalogowano się do {brand}. Nie można go użyć ponownie.',
  'mail.second_factor_changed.next':
    'Jeśli to Ty, nie musisz nic robić. Jeśli nie, zalogował się ktoś inny: od razu zresetuj hasło i sprawdź swoje ustawienia.',

  'mail.passkey_created.subject': 'Do Twojego konta {brand} dodano klucz dostępu',
  'mail.passkey_created.heading': 'Dodano klucz dostępu',
  'mail.passkey_created.lead': 'Do Twojego konta {brand} można się teraz zalogować nowym kluczem dostępu.',
  'mail.passkey_created.next': 'Jeśli to Ty, nie musisz nic robić. Jeśli nie, usuń go w ustawieniach i od razu zresetuj hasło.',
  'mail.passkey_removed.subject': 'Z Twojego konta {brand} usunięto klucz dostępu',
  'mail.passkey_removed.heading': 'Usunięto klucz dostępu',
  'mail.passkey_removed.lead':
    'Klucz dostępu do Twojego konta {brand} został usunięty. Nie można się nim już zalogować, a pozostałe urządzenia zostały wylogowane.',
  'mail.passkey_removed.next': 'Jeśli to Ty, nie musisz nic robić. Jeśli nie, od razu zresetuj hasło, aby odciąć dostęp drugiej osobie.',

  'mail.new_sign_in.subject': 'Nowe logowanie na Twoje konto {brand}',
  'mail.new_sign_in.heading': 'Nowe logowanie na Twoje konto',
  'mail.new_sign_in.lead': 'Na Twoje konto {brand} zalogowano się z urządzenia, którego wcześniej nie widzieliśmy.',
  'mail.new_sign_in.next': 'Jeśli to Ty, nie musisz nic robić. Jeśli nie, zresetuj hasło i zakończ sesje, których nie znasz.',

  'mail.refresh_token_reuse.subject': 'Zakończyliśmy sesję na Twoim koncie {brand}',
  'mail.refresh_token_reuse.heading': 'Zakończyliśmy sesję, aby Cię chronić',
  'mail.refresh_token_reuse.lead':
    'Klucz, który utrzymuje Twoje zalogowanie w {brand}, został użyty po raz drugi. Może to oznaczać, że ktoś go skopiował, dlatego zakończyliśmy tę sesję.',
  'mail.refresh_token_reuse.next': 'Aby kontynuować, zaloguj się ponownie. Jeśli nie znasz poniższego urządzenia, zresetuj też hasło.',

  'mail.account_deleted.subject': 'Twoje konto {brand} zostało usunięte',
  'mail.account_deleted.heading': 'Twoje konto zostało usunięte',
  'mail.account_deleted.lead': 'Twoje konto {brand} zostało usunięte, a wszystkie jego sesje zakończone.',
  'mail.account_deleted.next': 'Jeśli to Twoja prośba, nie musisz nic robić. Dziękujemy za wspólny czas.',
}
