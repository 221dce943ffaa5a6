import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Hej!',
  'mail.sent_by': 'Skickat av {brand} på grund av något som hände med den här e-postadressen. Ingen läser svar på mejlet.',
  'mail.when': 'När',
  'mail.device': 'Enhet',
  'mail.ip_address': 'IP-adress',
  'mail.new_address': 'Ny adress',
  'mail.unknown_device': 'en okänd enhet',
  'mail.unknown_address': 'okänd',

  'mail.code_lifetime': 'Den fungerar en gång och gäller i {time}.',
  'mail.code_secrecy': 'Behåll koden för dig själv. Vi ber aldrig om den via telefon, chatt eller mejl.',
  'mail.contact_support': 'Kontakta supporten',
  'mail.ask_for_help': 'Om det inte var du, säg genast till den som driver {brand}.',
  'mail.reset_password': 'Återställ lösenordet',
  'mail.review_sessions': 'Granska dina inloggningar',
  'mail.review_settings': 'Öppna inställningarna',
  'mail.sign_in': 'Logga in',

  'mail.signup_code.subject': 'Din kod för att skapa ett konto hos {brand}',
  'mail.signup_code.heading': 'Bekräfta din e-postadress',
  'mail.signup_code.lead': 'Välkommen! Ange koden på sidan där du började, så är ditt konto hos {brand} klart.',
  'mail.signup_code.ignore': 'Om du inte ville skapa ett konto kan du bortse från mejlet. Utan koden bekräftas inget konto med din adress.',

  'mail.login_code.subject': 'Din kod för att logga in hos {brand}',
  'mail.login_code.heading': 'Din inloggningskod',
  'mail.login_code.lead': 'Logga in hos {brand} genom att ange koden på sidan där du bad om den.',
  'mail.login_code.ignore': 'Om du inte håller på att logga in kan du bortse från mejlet. Ingen kommer in utan koden.',

  'mail.recovery_code.subject': 'Din kod för att återställa lösenordet hos {brand}',
  'mail.recovery_code.heading': 'Återställ lösenordet',
  'mail.recovery_code.lead': 'Välj ett nytt lösenord för ditt konto hos {brand} genom att ange koden på sidan där du bad om den.',
  'mail.recovery_code.ignore': 'Om du inte bad om detta kan du bortse från mejlet. Lösenordet förblir som det är.',

  'mail.reauthentication_code.subject': 'Din kod för att bekräfta att det är du hos {brand}',
  'mail.reauthentication_code.heading': 'Bekräfta att det är du',
  'mail.reauthentication_code.lead': 'Du är på väg att ändra något viktigt i ditt konto hos {brand}. Ange koden för att fortsätta.',
  'mail.reauthentication_code.ignore':
    'Om det inte var du som började kan någon annan använda ditt konto. Lämna inte koden vidare och ändra ditt lösenord.',

  'mail.second_factor_code.subject': 'Din kod för det andra steget hos {brand}',
  'mail.second_factor_code.heading': 'Ett steg till',
  'mail.second_factor_code.lead': 'Lösenordet stämde. Fortsätt hos {brand} genom att ange koden på sidan som bad dig om den.',
  'mail.second_factor_code.ignore':
    'Om du inte nyss angav ditt lösenord är det någon annan som kan det. Lämna inte koden vidare och ändra ditt lösenord.',

  'mail.email_change_code.subject': 'Din kod för att använda adressen hos {brand}',
  'mail.email_change_code.heading': 'Bekräfta din nya e-postadress',
  'mail.email_change_code.lead': 'Använd adressen för ditt konto hos {brand} genom att ange koden på sidan där du bad om ändringen.',
  'mail.email_change_code.ignore': 'Om du inte bad om detta kan du bortse från mejlet. Utan koden läggs din adress inte till i något konto.',

  'mail.signup_existing_account.subject': 'Du har redan ett konto hos {brand}',
  'mail.signup_existing_account.heading': 'Du har redan ett konto',
  'mail.signup_existing_account.lead':
    'Någon, troligen du, försökte skapa ett konto hos {brand} med den här e-postadressen. Det finns redan ett.',
  'mail.signup_existing_account.next': 'Du kan logga in med det. Om du har glömt lösenordet kan du välja ett nytt.',
  'mail.signup_existing_account.ignore':
    'Om det inte var du kan du bortse från mejlet. Ditt konto är oförändrat och sidan avslöjade inte att det finns.',

  'mail.email_changed.subject': 'Din e-postadress hos {brand} har ändrats',
  'mail.email_changed.heading': 'Din e-postadress har ändrats',
  'mail.email_changed.lead': 'E-postadressen till ditt konto hos {brand} har ändrats. Det går inte längre att logga in med den gamla.',
  'mail.email_changed.next': 'Om det var du som gjorde ändringen behöver du inte göra något.',

  'mail.password_changed.subject': 'Ditt lösenord hos {brand} har ändrats',
  'mail.password_changed.heading': 'Ditt lösenord har ändrats',
  'mail.password_changed.lead': 'Lösenordet till ditt konto hos {brand} har ändrats.',
  'mail.password_changed.next':
    'Om det var du som gjorde ändringen behöver du inte göra något. Om inte, återställ lösenordet nu för att stänga ute den andra personen.',

  'mail.totp_added.subject': 'En autentiseringsapp har lagts till i ditt konto hos {brand}',
  'mail.totp_added.heading': 'En autentiseringsapp har lagts till',
  'mail.totp_added.lead': 'Från och med nu krävs även en kod från appen för att logga in hos {brand}.',
  'mail.totp_removed.subject': 'En autentiseringsapp har tagits bort från ditt konto hos {brand}',
  'mail.totp_removed.heading': 'En autentiseringsapp har tagits bort',
  'mail.totp_removed.lead': 'Koder från appen fungerar inte längre när du loggar in hos {brand}.',
  'mail.recovery_codes_made.subject': 'Nya återställningskoder för ditt konto hos {brand}',
  'mail.recovery_codes_made.heading': 'Nya återställningskoder har skapats',
  'mail.recovery_codes_made.lead': 'De tidigare återställningskoderna för ditt konto hos {brand} går inte längre att använda.',
  'mail.recovery_code_used.subject': 'En återställningskod för ditt konto hos {brand} har använts',
  'mail.recovery_code_used.heading': 'En återställningskod har använts',
  'mail.recovery_code_used.lead': 'Någon loggade in hos {brand} med en av dina återställningskoder. Koden kan inte användas igen.',
  'mail.second_factor_changed.next':
    'Om det var du behöver du inte göra något. Om inte är någon annan inloggad: återställ lösenordet nu och gå igenom dina inställningar.',

  'mail.passkey_created.subject': 'En lösennyckel har lagts till i ditt konto hos {brand}',
  'mail.passkey_created.heading': 'En lösennyckel har lagts till',
  'mail.passkey_created.lead': 'Det går nu att logga in på ditt konto hos {brand} med en ny lösennyckel.',
  'mail.passkey_created.next': 'Om det var du som lade till den behöver du inte göra något. Om inte, ta bort den i inställningarna och återställ lösenordet nu.',
  'mail.passkey_removed.subject': 'En lösennyckel har tagits bort från ditt konto hos {brand}',
  'mail.passkey_removed.heading': 'En lösennyckel har tagits bort',
  'mail.passkey_removed.lead':
    'En lösennyckel har tagits bort från ditt konto hos {brand}. Det går inte längre att logga in med den, och dina andra enheter har loggats ut.',
  'mail.passkey_removed.next': 'Om det var du som tog bort den behöver du inte göra något. Om inte, återställ lösenordet nu för att stänga ute den andra personen.',

  'mail.new_sign_in.subject': 'Ny inloggning på ditt konto hos {brand}',
  'mail.new_sign_in.heading': 'Ny inloggning på ditt konto',
  'mail.new_sign_in.lead': 'Någon loggade in på ditt konto hos {brand} från en enhet som vi inte har sett förut.',
  'mail.new_sign_in.next': 'Om det var du behöver du inte göra något. Om inte, återställ lösenordet och logga ut de enheter du inte känner igen.',

  'mail.refresh_token_reuse.subject': 'Vi har avslutat en inloggning på ditt konto hos {brand}',
  'mail.refresh_token_reuse.heading': 'Vi avslutade en inloggning för att skydda dig',
  'mail.refresh_token_reuse.lead':
    'En nyckel som håller dig inloggad hos {brand} användes en andra gång. Det kan betyda att den har kopierats, så vi avslutade den inloggningen.',
  'mail.refresh_token_reuse.next': 'Logga in igen för att fortsätta. Om du inte känner igen enheten nedan bör du även återställa lösenordet.',

  'mail.account_deleted.subject': 'Ditt konto hos {brand} har tagits bort',
  'mail.account_deleted.heading': 'Ditt konto har tagits bort',
  'mail.account_deleted.lead': 'Ditt konto hos {brand} har tagits bort och alla dess inloggningar är avslutade.',
  'mail.account_deleted.next': 'Om du bad om detta behöver du inte göra något. Tack för att du var hos oss.',
}
