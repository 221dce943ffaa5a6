import type { Messages } from '../catalogue.ts'

/** Mails: subjects, headings and sentences. None tells more than what the reader of the address may know. */
export const messages: Messages = {
  'mail.greeting': 'Bonjour,',
  'mail.sent_by': 'Envoyé par {brand} à la suite d’un événement lié à cette adresse e-mail. Les réponses à ce message ne sont pas lues.',
  'mail.when': 'Date',
  'mail.device': 'Appareil',
  'mail.ip_address': 'Adresse IP',
  'mail.new_address': 'Nouvelle adresse',
  'mail.unknown_device': 'un appareil non reconnu',
  'mail.unknown_address': 'inconnue',

  'mail.code_lifetime': 'Il est utilisable une seule fois, pendant {time}.',
  'mail.code_secrecy': 'Gardez ce code pour vous. Nous ne le demandons jamais par téléphone, par messagerie ni par e-mail.',
  'mail.contact_support': 'Contacter l’assistance',
  'mail.ask_for_help': 'Si ce n’était pas vous, prévenez immédiatement le responsable de {brand}.',
  'mail.reset_password': 'Réinitialiser le mot de passe',
  'mail.review_sessions': 'Vérifier vos connexions',
  'mail.review_settings': 'Ouvrir vos paramètres',
  'mail.sign_in': 'Se connecter',

  'mail.signup_code.subject': 'Votre code pour créer votre compte {brand}',
  'mail.signup_code.heading': 'Confirmez votre adresse e-mail',
  'mail.signup_code.lead': 'Bienvenue ! Pour terminer la création de votre compte {brand}, saisissez ce code sur la page où vous vous êtes inscrit.',
  'mail.signup_code.ignore': 'Si vous ne vous êtes pas inscrit, ignorez cet e-mail. Sans ce code, aucun compte n’est confirmé avec votre adresse.',

  'mail.login_code.subject': 'Votre code pour vous connecter à {brand}',
  'mail.login_code.heading': 'Votre code de connexion',
  'mail.login_code.lead': 'Pour vous connecter à {brand}, saisissez ce code sur la page où vous l’avez demandé.',
  'mail.login_code.ignore': 'Si vous n’êtes pas en train de vous connecter, ignorez cet e-mail. Personne ne peut entrer sans ce code.',

  'mail.recovery_code.subject': 'Votre code pour réinitialiser votre mot de passe {brand}',
  'mail.recovery_code.heading': 'Réinitialisez votre mot de passe',
  'mail.recovery_code.lead': 'Pour choisir un nouveau mot de passe pour votre compte {brand}, saisissez ce code sur la page où vous l’avez demandé.',
  'mail.recovery_code.ignore': 'Si vous n’avez rien demandé, ignorez cet e-mail. Votre mot de passe reste inchangé.',

  'mail.reauthentication_code.subject': 'Votre code pour confirmer votre identité sur {brand}',
  'mail.reauthentication_code.heading': 'Confirmez votre identité',
  'mail.reauthentication_code.lead':
    'Vous êtes sur le point de modifier un élément important de votre compte {brand}. Saisissez ce code pour continuer.',
  'mail.reauthentication_code.ignore':
    'Si vous n’êtes pas à l’origine de cette demande, quelqu’un d’autre utilise peut-être votre compte. Ne transmettez pas ce code et changez votre mot de passe.',

  'mail.second_factor_code.subject': 'Votre code pour la seconde étape sur {brand}',
  'mail.second_factor_code.heading': 'Encore une étape',
  'mail.second_factor_code.lead': 'Votre mot de passe est correct. Pour continuer sur {brand}, saisissez ce code sur la page où il vous est demandé.',
  'mail.second_factor_code.ignore':
    'Si vous ne venez pas de saisir votre mot de passe, quelqu’un d’autre le connaît. Ne transmettez pas ce code et changez votre mot de passe.',

  'mail.email_change_code.subject': 'Votre code pour utiliser cette adresse avec {brand}',
  'mail.email_change_code.heading': 'Confirmez votre nouvelle adresse e-mail',
  'mail.email_change_code.lead':
    'Pour utiliser cette adresse avec votre compte {brand}, saisissez ce code sur la page où vous avez demandé la modification.',
  'mail.email_change_code.ignore': 'Si vous n’avez rien demandé, ignorez cet e-mail. Sans ce code, votre adresse n’est ajoutée à aucun compte.',

  'mail.signup_existing_account.subject': 'Vous avez déjà un compte {brand}',
  'mail.signup_existing_account.heading': 'Vous avez déjà un compte',
  'mail.signup_existing_account.lead':
    'Quelqu’un, sans doute vous, a essayé de créer un compte {brand} avec cette adresse e-mail. Elle en a déjà un.',
  'mail.signup_existing_account.next': 'Vous pouvez l’utiliser pour vous connecter. Si vous avez oublié le mot de passe, choisissez-en un nouveau.',
  'mail.signup_existing_account.ignore':
    'Si ce n’était pas vous, ignorez cet e-mail. Votre compte est inchangé, et la page n’a pas dit qu’il existe.',

  'mail.email_changed.subject': 'Votre adresse e-mail {brand} a été modifiée',
  'mail.email_changed.heading': 'Votre adresse e-mail a été modifiée',
  'mail.email_changed.lead': 'L’adresse e-mail de votre compte {brand} a été modifiée. L’ancienne ne permet plus de s’y connecter.',
  'mail.email_changed.next': 'Si vous êtes à l’origine de cette modification, vous n’avez rien à faire.',

  'mail.password_changed.subject': 'Votre mot de passe {brand} a été modifié',
  'mail.password_changed.heading': 'Votre mot de passe a été modifié',
  'mail.password_changed.lead': 'Le mot de passe de votre compte {brand} a été modifié.',
  'mail.password_changed.next':
    'Si vous êtes à l’origine de cette modification, vous n’avez rien à faire. Sinon, réinitialisez votre mot de passe dès maintenant pour bloquer l’autre personne.',

  'mail.totp_added.subject': 'Une application d’authentification a été ajoutée à votre compte {brand}',
  'mail.totp_added.heading': 'Une application d’authentification a été ajoutée',
  'mail.totp_added.lead': 'Désormais, la connexion à {brand} demande aussi un code de cette application.',
  'mail.totp_removed.subject': 'Une application d’authentification a été retirée de votre compte {brand}',
  'mail.totp_removed.heading': 'Une application d’authentification a été retirée',
  'mail.totp_removed.lead': 'La connexion à {brand} n’accepte plus les codes de cette application.',
  'mail.recovery_codes_made.subject': 'Nouveaux codes de secours pour votre compte {brand}',
  'mail.recovery_codes_made.heading': 'De nouveaux codes de secours ont été créés',
  'mail.recovery_codes_made.lead': 'Les codes de secours précédents de votre compte {brand} ne sont plus utilisables.',
  'mail.recovery_code_used.subject': 'Un code de secours de votre compte {brand} a été utilisé',
  'mail.recovery_code_used.heading': 'Un code de secours a été utilisé',
  'mail.recovery_code_used.lead': 'Quelqu’un s’est connecté à {brand} avec l’un de vos codes de secours. Ce code ne peut plus être utilisé.',
  'mail.second_factor_changed.next':
    'Si c’était vous, vous n’avez rien à faire. Sinon, quelqu’un d’autre est connecté : réinitialisez votre mot de passe dès maintenant et vérifiez vos paramètres.',

  'mail.passkey_created.subject': 'Une clé d’accès a été ajoutée à votre compte {brand}',
  'mail.passkey_created.heading': 'Une clé d’accès a été ajoutée',
  'mail.passkey_created.lead': 'Une nouvelle clé d’accès permet désormais de se connecter à votre compte {brand}.',
  'mail.passkey_created.next':
    'Si vous l’avez ajoutée, vous n’avez rien à faire. Sinon, supprimez-la dans vos paramètres et réinitialisez votre mot de passe dès maintenant.',
  'mail.passkey_removed.subject': 'Une clé d’accès a été retirée de votre compte {brand}',
  'mail.passkey_removed.heading': 'Une clé d’accès a été retirée',
  'mail.passkey_removed.lead':
    'Une clé d’accès de votre compte {brand} a été retirée. Elle ne permet plus de se connecter, et vos autres appareils ont été déconnectés.',
  'mail.passkey_removed.next':
    'Si vous l’avez retirée, vous n’avez rien à faire. Sinon, réinitialisez votre mot de passe dès maintenant pour bloquer l’autre personne.',

  'mail.new_sign_in.subject': 'Nouvelle connexion à votre compte {brand}',
  'mail.new_sign_in.heading': 'Nouvelle connexion à votre compte',
  'mail.new_sign_in.lead': 'Une connexion à votre compte {brand} a eu lieu depuis un appareil que nous n’avions encore jamais vu.',
  'mail.new_sign_in.next':
    'Si c’était vous, vous n’avez rien à faire. Sinon, réinitialisez votre mot de passe et mettez fin aux sessions que vous ne connaissez pas.',

  'mail.refresh_token_reuse.subject': 'Nous avons mis fin à une session de votre compte {brand}',
  'mail.refresh_token_reuse.heading': 'Nous avons mis fin à une session pour vous protéger',
  'mail.refresh_token_reuse.lead':
    'Une clé qui maintient votre connexion à {brand} a été utilisée une seconde fois. Elle a peut-être été copiée ; nous avons donc mis fin à cette session.',
  'mail.refresh_token_reuse.next':
    'Reconnectez-vous pour continuer. Si vous ne connaissez pas l’appareil ci-dessous, réinitialisez aussi votre mot de passe.',

  'mail.account_deleted.subject': 'Votre compte {brand} a été supprimé',
  'mail.account_deleted.heading': 'Votre compte a été supprimé',
  'mail.account_deleted.lead': 'Votre compte {brand} a été supprimé et toutes ses sessions sont terminées.',
  'mail.account_deleted.next': 'Si vous l’avez demandé, vous n’avez rien à faire. Merci d’avoir été des nôtres.',
}
