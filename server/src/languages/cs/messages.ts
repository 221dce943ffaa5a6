import type { Messages } from '../catalogue.ts'

export const messages: Messages = {
  'mail.greeting': 'Dobrý den!',
  'mail.sent_by': 'Tuto zprávu posílá {brand} kvůli události spojené s touto e-mailovou adresou. Odpovědi na ni nikdo nečte.',
  'mail.when': 'Kdy',
  'mail.device': 'Zařízení',
  'mail.ip_address': 'IP adresa',
  'mail.new_address': 'Nová adresa',
  'mail.unknown_device': 'nerozpoznané zařízení',
  'mail.unknown_address': 'neznámá',

  'mail.code_lifetime': 'Kód lze použít jednou. Doba platnosti: {time}.',
  'mail.code_secrecy': 'Kód si nechte pro sebe. Nikdy se na něj neptáme telefonem, v chatu ani e-mailem.',
  'mail.contact_support': 'Kontaktovat podporu',
  'mail.ask_for_help': 'Pokud jste to nebyli vy, ihned to sdělte provozovateli {brand}.',
  'mail.reset_password': 'Obnovit heslo',
  'mail.review_sessions': 'Zkontrolovat relace',
  'mail.review_settings': 'Otevřít nastavení',
  'mail.sign_in': 'Přihlásit se',

  'mail.signup_code.subject': 'Kód k vytvoření účtu {brand}',
  'mail.signup_code.heading': 'Potvrďte svou e-mailovou adresu',
  'mail.signup_code.lead': 'Vítejte! Chcete-li dokončit vytvoření účtu {brand}, zadejte tento kód na stránce, kde jste se zaregistrovali.',
  'mail.signup_code.ignore': 'Pokud jste se neregistrovali, zprávu ignorujte. Bez kódu nebude s vaší adresou potvrzen žádný účet.',

  'mail.login_code.subject': 'Kód k přihlášení do {brand}',
  'mail.login_code.heading': 'Váš přihlašovací kód',
  'mail.login_code.lead': 'Chcete-li se přihlásit do {brand}, zadejte tento kód na stránce, kde jste o něj požádali.',
  'mail.login_code.ignore': 'Pokud se nepřihlašujete, zprávu ignorujte. Bez kódu se nikdo nepřihlásí.',

  'mail.recovery_code.subject': 'Kód k obnovení hesla {brand}',
  'mail.recovery_code.heading': 'Obnovte si heslo',
  'mail.recovery_code.lead': 'Chcete-li nastavit nové heslo k účtu {brand}, zadejte tento kód na stránce, kde jste o něj požádali.',
  'mail.recovery_code.ignore': 'Pokud jste o to nežádali, zprávu ignorujte. Vaše heslo zůstane beze změny.',

  'mail.reauthentication_code.subject': 'Kód k ověření totožnosti v {brand}',
  'mail.reauthentication_code.heading': 'Potvrďte, že jste to vy',
  'mail.reauthentication_code.lead': 'Chystáte se změnit něco důležitého ve svém účtu {brand}. Pro pokračování zadejte tento kód.',
  'mail.reauthentication_code.ignore': 'Pokud jste to nezahájili vy, může váš účet používat někdo jiný. Kód nikomu nesdělujte a změňte si heslo.',

  'mail.second_factor_code.subject': 'Kód pro druhý krok v {brand}',
  'mail.second_factor_code.heading': 'Ještě jeden krok',
  'mail.second_factor_code.lead': 'Vaše heslo bylo správné. Chcete-li pokračovat v {brand}, zadejte tento kód na stránce, která si ho vyžádala.',
  'mail.second_factor_code.ignore': 'Pokud jste právě nezadali své heslo, zná ho někdo jiný. Kód nikomu nesdělujte a změňte si heslo.',

  'mail.email_change_code.subject': 'Kód k použití této adresy v {brand}',
  'mail.email_change_code.heading': 'Potvrďte svou novou e-mailovou adresu',
  'mail.email_change_code.lead': 'Chcete-li tuto adresu používat pro účet {brand}, zadejte tento kód na stránce, kde jste o změnu požádali.',
  'mail.email_change_code.ignore': 'Pokud jste o to nežádali, zprávu ignorujte. Bez kódu nebude vaše adresa přidána k žádnému účtu.',

  'mail.signup_existing_account.subject': 'Účet {brand} už máte',
  'mail.signup_existing_account.heading': 'Účet už máte',
  'mail.signup_existing_account.lead': 'Někdo, nejspíš vy, se pokusil vytvořit účet {brand} s touto e-mailovou adresou. Účet už k ní existuje.',
  'mail.signup_existing_account.next': 'Můžete se k němu přihlásit. Pokud jste zapomněli heslo, nastavte si nové.',
  'mail.signup_existing_account.ignore': 'Pokud jste to nebyli vy, zprávu ignorujte. Váš účet se nezměnil a stránka neprozradila, že existuje.',

  'mail.email_changed.subject': 'E-mailová adresa vašeho účtu {brand} byla změněna',
  'mail.email_changed.heading': 'Vaše e-mailová adresa byla změněna',
  'mail.email_changed.lead': 'E-mailová adresa vašeho účtu {brand} byla změněna. Tou předchozí se už nelze přihlásit.',
  'mail.email_changed.next': 'Pokud jste změnu provedli vy, nemusíte nic dělat.',

  'mail.password_changed.subject': 'Heslo k vašemu účtu {brand} bylo změněno',
  'mail.password_changed.heading': 'Vaše heslo bylo změněno',
  'mail.password_changed.lead': 'Heslo k vašemu účtu {brand} bylo změněno.',
  'mail.password_changed.next':
    'Pokud jste změnu provedli vy, nemusíte nic dělat. Pokud ne, ihned si obnovte heslo, aby druhá osoba ztratila přístup.',

  'mail.totp_added.subject': 'K vašemu účtu {brand} byla přidána ověřovací aplikace',
  'mail.totp_added.heading': 'Byla přidána ověřovací aplikace',
  'mail.totp_added.lead': 'Odteď přihlášení do {brand} vyžaduje také kód z této aplikace.',
  'mail.totp_removed.subject': 'Z vašeho účtu {brand} byla odebrána ověřovací aplikace',
  'mail.totp_removed.heading': 'Byla odebrána ověřovací aplikace',
  'mail.totp_removed.lead': 'Přihlášení do {brand} už nepřijímá kódy z této aplikace.',
  'mail.recovery_codes_made.subject': 'Nové kódy pro obnovení vašeho účtu {brand}',
  'mail.recovery_codes_made.heading': 'Byly vytvořeny nové kódy pro obnovení',
  'mail.recovery_codes_made.lead': 'Dřívější kódy pro obnovení vašeho účtu {brand} už nelze použít.',
  'mail.recovery_code_used.subject': 'Byl použit kód pro obnovení vašeho účtu {brand}',
  'mail.recovery_code_used.heading': 'Byl použit kód pro obnovení',
  'mail.recovery_code_used.lead': 'Někdo se přihlásil do {brand} jedním z vašich kódů pro obnovení. Tento kód už nelze znovu použít.',
  'mail.second_factor_changed.next':
    'Pokud jste to byli vy, nemusíte nic dělat. Pokud ne, je přihlášen někdo jiný: ihned si obnovte heslo a zkontrolujte nastavení.',

  'mail.passkey_created.subject': 'K vašemu účtu {brand} byl přidán přístupový klíč',
  'mail.passkey_created.heading': 'Byl přidán přístupový klíč',
  'mail.passkey_created.lead': 'K vašemu účtu {brand} se nyní lze přihlásit novým přístupovým klíčem.',
  'mail.passkey_created.next': 'Pokud jste ho přidali vy, nemusíte nic dělat. Pokud ne, odeberte ho v nastavení a ihned si obnovte heslo.',
  'mail.passkey_removed.subject': 'Z vašeho účtu {brand} byl odebrán přístupový klíč',
  'mail.passkey_removed.heading': 'Byl odebrán přístupový klíč',
  'mail.passkey_removed.lead': 'Přístupový klíč k vašemu účtu {brand} byl odebrán. Už se jím nelze přihlásit a vaše ostatní zařízení byla odhlášena.',
  'mail.passkey_removed.next': 'Pokud jste ho odebrali vy, nemusíte nic dělat. Pokud ne, ihned si obnovte heslo, aby druhá osoba ztratila přístup.',

  'mail.new_sign_in.subject': 'Nové přihlášení k vašemu účtu {brand}',
  'mail.new_sign_in.heading': 'Nové přihlášení k vašemu účtu',
  'mail.new_sign_in.lead': 'K vašemu účtu {brand} se někdo přihlásil ze zařízení, které jsme dosud neviděli.',
  'mail.new_sign_in.next': 'Pokud jste to byli vy, nemusíte nic dělat. Pokud ne, obnovte si heslo a ukončete relace, které neznáte.',

  'mail.refresh_token_reuse.subject': 'Ukončili jsme relaci vašeho účtu {brand}',
  'mail.refresh_token_reuse.heading': 'Pro vaši ochranu jsme ukončili relaci',
  'mail.refresh_token_reuse.lead':
    'Klíč, díky kterému zůstáváte přihlášeni do {brand}, byl použit podruhé. Může to znamenat, že byl zkopírován, a proto jsme tuto relaci ukončili.',
  'mail.refresh_token_reuse.next': 'Chcete-li pokračovat, přihlaste se znovu. Pokud níže uvedené zařízení neznáte, obnovte si i heslo.',

  'mail.account_deleted.subject': 'Váš účet {brand} byl smazán',
  'mail.account_deleted.heading': 'Váš účet byl smazán',
  'mail.account_deleted.lead': 'Váš účet {brand} byl smazán a všechny jeho relace byly ukončeny.',
  'mail.account_deleted.next': 'Pokud jste o to požádali, nemusíte nic dělat. Děkujeme, že jste byli s námi.',
}
