import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'Tuto adresu zde nelze použít. Použijte tu, pro kterou je služba určena, nebo se obraťte na jejího provozovatele.',
  'failure.invalid_invitation': 'Tato pozvánka byla použita, odvolána nebo je příliš stará. Požádejte o novou toho, kdo vás pozval.',
  'failure.invited_has_account': 'Účet už máte. Přihlaste se k němu.',
  'flow.invalid_invitation.title': 'Tato pozvánka už neplatí',
  'flow.too_many_sessions.title': 'Příliš mnoho zařízení',
  'flow.too_many_sessions.text': 'Jste přihlášeni na nejvyšším povoleném počtu zařízení. Na jednom z nich se odhlaste a pak se přihlaste zde.',
  'invitation.explanation': 'Nové účty jsou jen na pozvání. Otevřete odkaz ve zprávě, která vás pozvala.',
  'terminate_sessions.title': 'Odhlásit jiná zařízení?',
  'terminate_sessions.explanation': 'Jste přihlášeni na nejvyšším povoleném počtu zařízení. Přihlášením zde se odhlásí tato zařízení:',
  'terminate_sessions.more': 'Další zařízení: {count}',
  'terminate_sessions.facts': '{ip}, naposledy použito: {lastUsed}',
  'terminate_sessions.submit': 'Odhlásit je a pokračovat',
  'mail.invitation.subject': 'Pozvánka do {brand}',
  'mail.invitation.heading': 'Máte pozvánku',
  'mail.invitation.lead': 'Provozovatel {brand} vás zve k vytvoření účtu s touto adresou.',
  'mail.invitation.link': 'Přijmout pozvánku',
  'mail.invitation.until': 'Platí do',
  'mail.invitation.ignore': 'Odkaz je jen pro vás: nikomu ho nepředávejte. Pokud účet nechcete, zprávu ignorujte.',
  'mail.account_locked.subject': 'Příliš mnoho chybných pokusů u vašeho účtu {brand}',
  'mail.account_locked.heading': 'Někdo to zkoušel příliš často',
  'mail.account_locked.password': 'K vašemu účtu {brand} bylo zadáno tolik chybných hesel, že jeho heslo nebude po nějakou dobu přijímáno.',
  'mail.account_locked.second_factor':
    'Někdo, kdo prošel prvním krokem přihlášení k vašemu účtu {brand}, zadal tolik chybných kódů, že po nějakou dobu nebude přijat žádný.',
  'mail.account_locked.one_time_code':
    'K vašemu účtu {brand} bylo zadáno tolik chybných kódů, že kódy, které vám posíláme, nebudou po nějakou dobu přijímány.',
  'mail.account_locked.next_one_time_code':
    'Zařízení, na kterých jste se už dříve přihlásili, se to netýká. Jinde se přihlaste jiným způsobem nebo počkejte. Pokud jste to nebyli vy, nikdo se nepřihlásil.',
  'mail.account_locked.until': 'Do',
  'mail.account_locked.next_password':
    'Zařízení, na kterých jste se už dříve přihlásili, se to netýká. Jinde se můžete přihlásit jiným způsobem, například zaslaným kódem, nebo si obnovit heslo. Pokud jste to nebyli vy, nikdo se nepřihlásil.',
  'mail.account_locked.next_second_factor':
    'Zařízení, na kterých jste se už dříve přihlásili, se to netýká. Pokud jste to nebyli vy, někdo zná vaše heslo nebo čte vaši poštu: ihned si obnovte heslo.',
}
