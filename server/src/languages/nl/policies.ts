import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'Dit adres kan hier niet worden gebruikt. Gebruik het adres waarvoor de dienst is ingericht of vraag het de beheerder.',
  'failure.invalid_invitation': 'Deze uitnodiging is gebruikt, ingetrokken of te oud. Vraag degene die je uitnodigde om een nieuwe.',
  'failure.invited_has_account': 'Je hebt al een account. Log ermee in.',
  'flow.invalid_invitation.title': 'Deze uitnodiging is niet meer geldig',
  'flow.too_many_sessions.title': 'Te veel apparaten',
  'flow.too_many_sessions.text': 'Je bent op het maximale aantal apparaten ingelogd. Log op een ervan uit en log dan hier in.',
  'invitation.explanation': 'Nieuwe accounts zijn alleen op uitnodiging. Open de link in de mail waarmee je bent uitgenodigd.',
  'terminate_sessions.title': 'Elders uitloggen?',
  'terminate_sessions.explanation': 'Je bent op het maximale aantal apparaten ingelogd. Om hier in te loggen, worden deze uitgelogd:',
  'terminate_sessions.more': 'Andere apparaten: {count}',
  'terminate_sessions.facts': '{ip}, laatst gebruikt {lastUsed}',
  'terminate_sessions.submit': 'Uitloggen en doorgaan',
  'mail.invitation.subject': 'Je bent uitgenodigd voor {brand}',
  'mail.invitation.heading': 'Je bent uitgenodigd',
  'mail.invitation.lead': 'De beheerder van {brand} nodigt je uit om een account aan te maken voor dit adres.',
  'mail.invitation.link': 'Uitnodiging accepteren',
  'mail.invitation.until': 'Geldig tot',
  'mail.invitation.ignore': 'De link is alleen voor jou: geef hem niet door. Wil je geen account? Negeer dit bericht dan.',
  'mail.account_locked.subject': 'Te veel mislukte pogingen op je account bij {brand}',
  'mail.account_locked.heading': 'Iemand heeft het te vaak geprobeerd',
  'mail.account_locked.password': 'Er zijn zoveel verkeerde wachtwoorden ingevuld voor je account bij {brand} dat het wachtwoord een tijd niet wordt geaccepteerd.',
  'mail.account_locked.second_factor': 'Iemand die de eerste stap van het inloggen op je account bij {brand} heeft doorstaan, heeft zoveel verkeerde codes ingevuld dat er een tijd geen enkele wordt geaccepteerd.',
  'mail.account_locked.one_time_code':
    'Er zijn zoveel verkeerde codes ingevuld voor je account bij {brand} dat codes die we je sturen een tijd niet worden geaccepteerd.',
  'mail.account_locked.next_one_time_code':
    'Voor apparaten waarop je eerder hebt ingelogd verandert er niets. Log op andere apparaten op een andere manier in of wacht even. Was jij het niet? Dan is er niemand binnengekomen.',
  'mail.account_locked.until': 'Tot',
  'mail.account_locked.next_password':
    'Voor apparaten waarop je eerder hebt ingelogd verandert er niets. Op andere apparaten kun je op een andere manier inloggen, bijvoorbeeld met een code die we je sturen, of je wachtwoord opnieuw instellen. Was jij het niet? Dan is er niemand binnengekomen.',
  'mail.account_locked.next_second_factor':
    'Voor apparaten waarop je eerder hebt ingelogd verandert er niets. Was jij het niet? Dan kent iemand je wachtwoord of leest iemand je mail: stel je wachtwoord nu opnieuw in.',
}
