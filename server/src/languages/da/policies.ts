import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed': 'Adressen kan ikke bruges her. Brug den, som tjenesten er sat op til, eller spørg dem, der driver den.',
  'failure.invalid_invitation': 'Invitationen er brugt, trukket tilbage eller for gammel. Bed den, der inviterede dig, om en ny.',
  'failure.invited_has_account': 'Du har allerede en konto. Log ind med den.',
  'flow.invalid_invitation.title': 'Invitationen gælder ikke længere',
  'flow.too_many_sessions.title': 'For mange enheder',
  'flow.too_many_sessions.text': 'Du er logget ind på så mange enheder, som du må. Log ud på en af dem, og log så ind her.',
  'invitation.explanation': 'Nye konti kræver en invitation. Åbn linket i den mail, der inviterede dig.',
  'terminate_sessions.title': 'Vil du logge ud andre steder?',
  'terminate_sessions.explanation': 'Du er logget ind på så mange enheder, som du må. For at du kan logge ind her, bliver disse logget ud:',
  'terminate_sessions.more': 'Andre enheder: {count}',
  'terminate_sessions.facts': '{ip}, sidst brugt {lastUsed}',
  'terminate_sessions.submit': 'Log dem ud, og fortsæt',
  'mail.invitation.subject': 'Du er inviteret til {brand}',
  'mail.invitation.heading': 'Du er inviteret',
  'mail.invitation.lead': 'Dem, der driver {brand}, inviterer dig til at oprette en konto til denne adresse.',
  'mail.invitation.link': 'Tag imod invitationen',
  'mail.invitation.until': 'Gælder indtil',
  'mail.invitation.ignore': 'Linket er kun til dig: Giv det ikke videre. Hvis du ikke vil have en konto, kan du se bort fra denne besked.',
  'mail.account_locked.subject': 'For mange forkerte forsøg på din konto hos {brand}',
  'mail.account_locked.heading': 'Nogen prøvede for mange gange',
  'mail.account_locked.password': 'Der er indtastet så mange forkerte adgangskoder til din konto hos {brand}, at adgangskoden ikke godtages i et stykke tid.',
  'mail.account_locked.second_factor': 'Nogen, der kom igennem det første trin i at logge ind på din konto hos {brand}, har indtastet så mange forkerte koder, at ingen godtages i et stykke tid.',
  'mail.account_locked.one_time_code':
    'Der er indtastet så mange forkerte koder til din konto hos {brand}, at koder, der sendes til dig, ikke godtages i et stykke tid.',
  'mail.account_locked.next_one_time_code':
    'Enheder, som du har logget ind på før, er ikke berørt. Andre steder kan du logge ind på en anden måde eller vente. Hvis det ikke var dig, er ingen kommet ind.',
  'mail.account_locked.until': 'Indtil',
  'mail.account_locked.next_password':
    'Enheder, som du har logget ind på før, er ikke berørt. Andre steder kan du logge ind på en anden måde, for eksempel med en kode, der sendes til dig, eller nulstille adgangskoden. Hvis det ikke var dig, er ingen kommet ind.',
  'mail.account_locked.next_second_factor':
    'Enheder, som du har logget ind på før, er ikke berørt. Hvis det ikke var dig, er der nogen, der kender din adgangskode eller læser din mail: Nulstil adgangskoden nu.',
}
