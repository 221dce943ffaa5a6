import type { Messages } from '../catalogue.ts'

/** Mails: subjects, headings and sentences. None tells more than what the reader of the address may know. */
export const messages: Messages = {
  'mail.greeting': 'Hola:',
  'mail.sent_by': 'Mensaje enviado por {brand} a raíz de una actividad relacionada con este correo electrónico. Nadie lee las respuestas.',
  'mail.when': 'Fecha',
  'mail.device': 'Dispositivo',
  'mail.ip_address': 'Dirección IP',
  'mail.new_address': 'Nueva dirección',
  'mail.unknown_device': 'un dispositivo no reconocido',
  'mail.unknown_address': 'desconocida',

  'mail.code_lifetime': 'Sirve una sola vez, durante {time}.',
  'mail.code_secrecy': 'No comparta el código con nadie. Nunca lo pedimos por teléfono, chat ni correo.',
  'mail.contact_support': 'Contactar con asistencia',
  'mail.ask_for_help': 'Si no ha sido usted, avise de inmediato a quienes gestionan {brand}.',
  'mail.reset_password': 'Restablecer la contraseña',
  'mail.review_sessions': 'Revisar sus sesiones',
  'mail.review_settings': 'Abrir la configuración',
  'mail.sign_in': 'Iniciar sesión',

  'mail.signup_code.subject': 'Su código para crear su cuenta de {brand}',
  'mail.signup_code.heading': 'Confirme su correo electrónico',
  'mail.signup_code.lead':
    '¡Le damos la bienvenida! Para terminar de crear su cuenta de {brand}, introduzca este código en la página donde se ha registrado.',
  'mail.signup_code.ignore': 'Si no se ha registrado, ignore este mensaje. Sin el código, no se confirma ninguna cuenta con su dirección.',

  'mail.login_code.subject': 'Su código para iniciar sesión en {brand}',
  'mail.login_code.heading': 'Su código de inicio de sesión',
  'mail.login_code.lead': 'Para iniciar sesión en {brand}, introduzca este código en la página donde lo ha solicitado.',
  'mail.login_code.ignore': 'Si no está iniciando sesión, ignore este mensaje. Nadie puede entrar sin el código.',

  'mail.recovery_code.subject': 'Su código para restablecer la contraseña de {brand}',
  'mail.recovery_code.heading': 'Restablezca su contraseña',
  'mail.recovery_code.lead':
    'Para elegir una contraseña nueva para su cuenta de {brand}, introduzca este código en la página donde lo ha solicitado.',
  'mail.recovery_code.ignore': 'Si no lo ha solicitado, ignore este mensaje. Su contraseña no cambia.',

  'mail.reauthentication_code.subject': 'Su código para confirmar su identidad en {brand}',
  'mail.reauthentication_code.heading': 'Confirme su identidad',
  'mail.reauthentication_code.lead': 'Está a punto de cambiar algo importante en su cuenta de {brand}. Introduzca este código para continuar.',
  'mail.reauthentication_code.ignore':
    'Si no ha iniciado esta acción, es posible que otra persona esté usando su cuenta. No comparta el código y cambie su contraseña.',

  'mail.second_factor_code.subject': 'Su código para el segundo paso en {brand}',
  'mail.second_factor_code.heading': 'Un paso más',
  'mail.second_factor_code.lead': 'Su contraseña es correcta. Para continuar en {brand}, introduzca este código en la página donde se le pide.',
  'mail.second_factor_code.ignore': 'Si no acaba de introducir su contraseña, otra persona la conoce. No comparta el código y cambie su contraseña.',

  'mail.email_change_code.subject': 'Su código para usar esta dirección en {brand}',
  'mail.email_change_code.heading': 'Confirme su nuevo correo electrónico',
  'mail.email_change_code.lead':
    'Para usar esta dirección en su cuenta de {brand}, introduzca este código en la página donde ha solicitado el cambio.',
  'mail.email_change_code.ignore': 'Si no lo ha solicitado, ignore este mensaje. Sin el código, su dirección no se añade a ninguna cuenta.',

  'mail.signup_existing_account.subject': 'Ya tiene una cuenta de {brand}',
  'mail.signup_existing_account.heading': 'Ya tiene una cuenta',
  'mail.signup_existing_account.lead':
    'Alguien, probablemente usted, ha intentado crear una cuenta de {brand} con este correo electrónico. Ya existe una con esta dirección.',
  'mail.signup_existing_account.next': 'Puede iniciar sesión con ella. Si ha olvidado la contraseña, elija una nueva.',
  'mail.signup_existing_account.ignore': 'Si no ha sido usted, ignore este mensaje. Su cuenta no ha cambiado y la página no ha revelado que existe.',

  'mail.email_changed.subject': 'Su correo electrónico de {brand} se ha cambiado',
  'mail.email_changed.heading': 'Su correo electrónico se ha cambiado',
  'mail.email_changed.lead': 'El correo electrónico de su cuenta de {brand} se ha cambiado. Con el anterior ya no se puede iniciar sesión.',
  'mail.email_changed.next': 'Si ha hecho usted este cambio, no tiene que hacer nada.',

  'mail.password_changed.subject': 'Su contraseña de {brand} se ha cambiado',
  'mail.password_changed.heading': 'Su contraseña se ha cambiado',
  'mail.password_changed.lead': 'La contraseña de su cuenta de {brand} se ha cambiado.',
  'mail.password_changed.next':
    'Si ha hecho usted este cambio, no tiene que hacer nada. Si no, restablezca ahora la contraseña para impedir el acceso a la otra persona.',

  'mail.totp_added.subject': 'Se ha añadido una aplicación de autenticación a su cuenta de {brand}',
  'mail.totp_added.heading': 'Se ha añadido una aplicación de autenticación',
  'mail.totp_added.lead': 'Desde ahora, para iniciar sesión en {brand} se pide también un código de esta aplicación.',
  'mail.totp_removed.subject': 'Se ha quitado una aplicación de autenticación de su cuenta de {brand}',
  'mail.totp_removed.heading': 'Se ha quitado una aplicación de autenticación',
  'mail.totp_removed.lead': 'Los códigos de esta aplicación ya no sirven para iniciar sesión en {brand}.',
  'mail.recovery_codes_made.subject': 'Nuevos códigos de recuperación para su cuenta de {brand}',
  'mail.recovery_codes_made.heading': 'Se han creado nuevos códigos de recuperación',
  'mail.recovery_codes_made.lead': 'Los códigos de recuperación anteriores de su cuenta de {brand} ya no se pueden usar.',
  'mail.recovery_code_used.subject': 'Se ha usado un código de recuperación de su cuenta de {brand}',
  'mail.recovery_code_used.heading': 'Se ha usado un código de recuperación',
  'mail.recovery_code_used.lead':
    'Alguien ha iniciado sesión en {brand} con uno de sus códigos de recuperación. Ese código no se puede volver a usar.',
  'mail.second_factor_changed.next':
    'Si ha sido usted, no tiene que hacer nada. Si no, otra persona ha iniciado sesión: restablezca ahora la contraseña y revise su configuración.',

  'mail.passkey_created.subject': 'Se ha añadido una llave de acceso a su cuenta de {brand}',
  'mail.passkey_created.heading': 'Se ha añadido una llave de acceso',
  'mail.passkey_created.lead': 'Una nueva llave de acceso permite ahora iniciar sesión en su cuenta de {brand}.',
  'mail.passkey_created.next':
    'Si la ha añadido usted, no tiene que hacer nada. Si no, quítela en su configuración y restablezca ahora la contraseña.',
  'mail.passkey_removed.subject': 'Se ha quitado una llave de acceso de su cuenta de {brand}',
  'mail.passkey_removed.heading': 'Se ha quitado una llave de acceso',
  'mail.passkey_removed.lead':
    'Se ha quitado una llave de acceso de su cuenta de {brand}. Ya no permite iniciar sesión, y se ha cerrado la sesión en sus otros dispositivos.',
  'mail.passkey_removed.next':
    'Si la ha quitado usted, no tiene que hacer nada. Si no, restablezca ahora la contraseña para impedir el acceso a la otra persona.',

  'mail.new_sign_in.subject': 'Nuevo inicio de sesión en su cuenta de {brand}',
  'mail.new_sign_in.heading': 'Nuevo inicio de sesión en su cuenta',
  'mail.new_sign_in.lead': 'Se ha iniciado sesión en su cuenta de {brand} desde un dispositivo que no habíamos visto antes.',
  'mail.new_sign_in.next': 'Si ha sido usted, no tiene que hacer nada. Si no, restablezca la contraseña y cierre las sesiones que no reconozca.',

  'mail.refresh_token_reuse.subject': 'Hemos cerrado una sesión de su cuenta de {brand}',
  'mail.refresh_token_reuse.heading': 'Hemos cerrado una sesión para protegerle',
  'mail.refresh_token_reuse.lead':
    'Una clave que mantiene abierta su sesión en {brand} se ha usado por segunda vez. Puede que la hayan copiado, así que hemos cerrado esa sesión.',
  'mail.refresh_token_reuse.next':
    'Vuelva a iniciar sesión para continuar. Si no reconoce el dispositivo de abajo, restablezca también la contraseña.',

  'mail.account_deleted.subject': 'Su cuenta de {brand} se ha eliminado',
  'mail.account_deleted.heading': 'Su cuenta se ha eliminado',
  'mail.account_deleted.lead': 'Su cuenta de {brand} se ha eliminado y todas sus sesiones se han cerrado.',
  'mail.account_deleted.next': 'Si lo ha solicitado usted, no tiene que hacer nada. Gracias por haber estado con nosotros.',
}
