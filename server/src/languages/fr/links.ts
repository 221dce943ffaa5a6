import type { Links } from '../catalogue.ts'

/** Links that are mailed instead of codes or beside them: the mails, the page behind the link, the page that waits. */
export const links: Links = {
  'mail.login_link.subject': 'Votre lien pour vous connecter à {brand}',
  'mail.login_link.heading': 'Votre lien de connexion',
  'mail.login_link.lead': 'Pour vous connecter à {brand}, ouvrez ce lien et confirmez-y qu’il s’agit bien de vous.',
  'mail.login_link.open': 'Se connecter',
  'mail.login_link.ignore': 'Si vous n’êtes pas en train de vous connecter, ignorez cet e-mail. Personne ne peut entrer sans votre confirmation.',
  'mail.recovery_link.subject': 'Votre lien pour réinitialiser votre mot de passe {brand}',
  'mail.recovery_link.heading': 'Réinitialisez votre mot de passe',
  'mail.recovery_link.lead':
    'Pour choisir un nouveau mot de passe pour votre compte {brand}, ouvrez ce lien et confirmez-y qu’il s’agit bien de vous.',
  'mail.recovery_link.open': 'Réinitialiser le mot de passe',
  'mail.recovery_link.ignore': 'Si vous n’avez rien demandé, ignorez cet e-mail. Votre mot de passe reste inchangé.',
  'mail.reauthentication_link.subject': 'Votre lien pour confirmer votre identité sur {brand}',
  'mail.reauthentication_link.heading': 'Confirmez votre identité',
  'mail.reauthentication_link.lead':
    'Vous êtes sur le point de modifier un élément important de votre compte {brand}. Ouvrez ce lien pour continuer.',
  'mail.reauthentication_link.open': 'Confirmer votre identité',
  'mail.reauthentication_link.ignore':
    'Si vous n’êtes pas à l’origine de cette demande, quelqu’un d’autre utilise peut-être votre compte. Ne confirmez rien et changez votre mot de passe.',
  'mail.second_factor_link.subject': 'Votre lien pour la seconde étape sur {brand}',
  'mail.second_factor_link.heading': 'Encore une étape',
  'mail.second_factor_link.lead':
    'Votre mot de passe est correct. Pour continuer sur {brand}, ouvrez ce lien et confirmez-y qu’il s’agit bien de vous.',
  'mail.second_factor_link.open': 'Confirmer la seconde étape',
  'mail.second_factor_link.ignore':
    'Si vous ne venez pas de saisir votre mot de passe, quelqu’un d’autre le connaît. Ne confirmez rien et changez votre mot de passe.',
  'mail.link_or_code': 'Ou saisissez ce code sur la page où vous l’avez demandé.',
  'mail.link_secrecy': 'Gardez cet e-mail pour vous. Nous ne le demandons jamais par téléphone, par messagerie ni par e-mail.',

  'link.email': 'Recevoir un lien par e-mail',
  'link.recovery_explanation': 'Saisissez votre adresse e-mail : nous vous enverrons un lien qui vous permettra de choisir un nouveau mot de passe.',
  'link.send': 'Envoyer le lien',
  'link.title': 'Consultez vos e-mails',
  'link.sent_to':
    'Nous avons envoyé un lien à {destination}. Ouvrez-le, ici ou sur un autre appareil, puis confirmez. Il est valable 10 minutes.',
  'link.sent_blindly':
    'Nous avons envoyé un lien à l’adresse e-mail du compte, s’il existe. Ouvrez-le, ici ou sur un autre appareil, puis confirmez. Il est valable 10 minutes.',
  'link.beside_code': 'L’e-mail contient aussi un lien. Après avoir confirmé là-bas, continuez ici.',
  'link.check': 'Continuer',
  'link.resend': 'Envoyer un nouveau lien',
  'link.sent_again': 'Un nouveau lien est en route. Seul le plus récent est valable.',
  'link.exhausted': 'Ce lien n’est plus utilisable. Demandez un nouveau lien pour continuer.',
  'link.login': 'Se connecter en tant que {destination} ?',
  'link.account_recovery': 'Choisir un nouveau mot de passe pour {destination} ?',
  'link.reauth': 'Confirmez-vous qu’il s’agit bien de vous, {destination} ?',
  'link.second_factor': 'Confirmer la seconde étape pour {destination} ?',
  'link.only_if_asked': 'Ne continuez que si vous êtes à l’origine de cette demande.',
  'link.submit': 'Continuer',
  'link.other_device':
    'Cette demande vient d’un autre appareil. Ne l’approuvez que si vous venez vous-même de commencer sur cet appareil.',
  'link.device': 'Appareil : {device}',
  'link.ip': 'Adresse IP : {ip}',
  'link.time': 'Date : {time}',
  'link.never': 'N’approuvez jamais ce que vous n’avez pas commencé, qui que ce soit qui vous le demande : cela ouvre l’accès à votre compte.',
  'link.approve': 'Approuver l’autre appareil',
  'link.approved.title': 'Demande approuvée',
  'link.approved.text': 'Continuez sur l’appareil où vous avez commencé. Vous pouvez fermer cette page.',
  'link.over.title': 'Ce lien ne peut pas être utilisé',
  'link.over.text': 'Il a déjà été utilisé, est trop ancien ou appartient à un autre compte. Demandez-en un nouveau là où vous avez commencé.',
}
