import type { Policies } from '../catalogue.ts'

/** Who may sign up, how many devices one may use, and what too many wrong proofs lead to. */
export const policies: Policies = {
  'failure.address_not_allowed':
    'Esta dirección no se puede usar aquí. Use aquella para la que está previsto el servicio o pregunte a quien lo gestiona.',
  'failure.invalid_invitation': 'Esta invitación ya se ha usado, se ha retirado o es demasiado antigua. Pida otra a quien se la envió.',
  'failure.invited_has_account': 'Ya tiene una cuenta. Inicie sesión con ella.',
  'flow.invalid_invitation.title': 'Esta invitación ya no es válida',
  'flow.too_many_sessions.title': 'Demasiados dispositivos',
  'flow.too_many_sessions.text':
    'Ha iniciado sesión en el número máximo de dispositivos. Cierre la sesión en uno de ellos y después inicie sesión aquí.',
  'invitation.explanation': 'Las cuentas nuevas se crean por invitación. Abra el enlace del correo con el que se le invitó.',
  'terminate_sessions.title': '¿Cerrar otras sesiones?',
  'terminate_sessions.explanation':
    'Ha iniciado sesión en el número máximo de dispositivos. Para iniciar sesión aquí, se cerrará la sesión en estos:',
  'terminate_sessions.more': 'Otros dispositivos: {count}',
  'terminate_sessions.facts': '{ip}, último uso: {lastUsed}',
  'terminate_sessions.submit': 'Cerrarlas y continuar',
  'mail.invitation.subject': 'Tiene una invitación para {brand}',
  'mail.invitation.heading': 'Tiene una invitación',
  'mail.invitation.lead': 'Quien gestiona {brand} le invita a crear una cuenta con esta dirección.',
  'mail.invitation.link': 'Aceptar la invitación',
  'mail.invitation.until': 'Válida hasta',
  'mail.invitation.ignore': 'El enlace es solo para usted: no lo comparta. Si no quiere una cuenta, ignore este mensaje.',
  'mail.account_locked.subject': 'Demasiados intentos fallidos en su cuenta de {brand}',
  'mail.account_locked.heading': 'Demasiados intentos fallidos',
  'mail.account_locked.password':
    'Se han introducido tantas contraseñas incorrectas para su cuenta de {brand} que durante un tiempo no se aceptará la contraseña.',
  'mail.account_locked.second_factor':
    'Alguien que superó el primer paso del inicio de sesión en su cuenta de {brand} ha introducido tantos códigos incorrectos que durante un tiempo no se aceptará ninguno.',
  'mail.account_locked.one_time_code':
    'Se han introducido tantos códigos incorrectos para su cuenta de {brand} que durante un tiempo no se aceptarán los códigos que le enviemos.',
  'mail.account_locked.next_one_time_code':
    'Los dispositivos en los que ya había iniciado sesión no se ven afectados. En los demás, inicie sesión de otra forma o espere. Si no ha sido usted, nadie ha entrado.',
  'mail.account_locked.until': 'Hasta',
  'mail.account_locked.next_password':
    'Los dispositivos en los que ya había iniciado sesión no se ven afectados. En los demás puede iniciar sesión de otra forma, por ejemplo con un código que le enviemos, o restablecer la contraseña. Si no ha sido usted, nadie ha entrado.',
  'mail.account_locked.next_second_factor':
    'Los dispositivos en los que ya había iniciado sesión no se ven afectados. Si no ha sido usted, alguien conoce su contraseña o lee su correo: restablezca ahora la contraseña.',
}
