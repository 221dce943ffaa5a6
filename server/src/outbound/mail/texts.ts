/** Every sentence of every mail, in one place so that a translation is one more object of this shape. */
export const texts = {
  language: 'en',
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  time: (day: string, month: string, year: string, clock: string) => `${day} ${month} ${year}, ${clock} UTC`,

  greeting: 'Hello,',
  sentBy: (brand: string) => `Sent by ${brand} because of something that happened with this email address. Nobody reads replies to it.`,
  factWhen: 'When',
  factDevice: 'Device',
  factIpAddress: 'IP address',
  factNewAddress: 'New address',
  browserOnSystem: (browser: string, system: string) => `${browser} on ${system}`,
  unknownDevice: 'an unrecognised device',
  unknownAddress: 'unknown',

  codeLifetime: (minutes: number) => `It works once, for ${minutes === 1 ? 'one minute' : `${minutes} minutes`}.`,
  codeSecrecy: 'Keep the code to yourself. We never ask for it by phone, chat or mail.',
  contactSupport: 'Contact support',
  askForHelp: (brand: string) => `If it was not you, tell the people who run ${brand} right away.`,
  resetPassword: 'Reset your password',
  reviewSessions: 'Review your sessions',
  reviewSettings: 'Open your settings',
  signIn: 'Sign in',

  signupCode: {
    subject: (brand: string) => `Your code to create your ${brand} account`,
    heading: 'Confirm your email address',
    lead: (brand: string) => `Welcome! To finish creating your ${brand} account, enter this code on the page where you signed up.`,
    ignore: 'If you did not sign up, ignore this mail. Without the code, no account is confirmed with your address.',
  },
  loginCode: {
    subject: (brand: string) => `Your code to sign in to ${brand}`,
    heading: 'Your sign-in code',
    lead: (brand: string) => `To sign in to ${brand}, enter this code on the page where you asked for it.`,
    ignore: 'If you are not signing in, ignore this mail. Nobody gets in without the code.',
  },
  recoveryCode: {
    subject: (brand: string) => `Your code to reset your ${brand} password`,
    heading: 'Reset your password',
    lead: (brand: string) => `To choose a new password for your ${brand} account, enter this code on the page where you asked for it.`,
    ignore: 'If you did not ask for this, ignore this mail. Your password stays as it is.',
  },
  reauthenticationCode: {
    subject: (brand: string) => `Your code to confirm it is you at ${brand}`,
    heading: 'Confirm it is you',
    lead: (brand: string) => `You are about to change something important in your ${brand} account. Enter this code to go on.`,
    ignore: 'If you did not start this, somebody else may be using your account. Do not pass the code on; change your password.',
  },
  emailChangeCode: {
    subject: (brand: string) => `Your code to use this address at ${brand}`,
    heading: 'Confirm your new email address',
    lead: (brand: string) => `To use this address for your ${brand} account, enter this code on the page where you asked for the change.`,
    ignore: 'If you did not ask for this, ignore this mail. Without the code, your address is not added to any account.',
  },
  signupExistingAccount: {
    subject: (brand: string) => `You already have a ${brand} account`,
    heading: 'You already have an account',
    lead: (brand: string) => `Somebody, most likely you, tried to create a ${brand} account with this email address. It has one already.`,
    next: 'You can sign in with it. If you forgot the password, choose a new one.',
    ignore: 'If it was not you, ignore this mail. Your account is unchanged, and the page did not say that it exists.',
  },
  emailChanged: {
    subject: (brand: string) => `Your ${brand} email address was changed`,
    heading: 'Your email address was changed',
    lead: (brand: string) => `Your ${brand} account now uses another email address. This one no longer signs in to it.`,
    next: 'If you made this change, there is nothing to do.',
  },
  passwordChanged: {
    subject: (brand: string) => `Your ${brand} password was changed`,
    heading: 'Your password was changed',
    lead: (brand: string) => `The password of your ${brand} account was changed.`,
    next: 'If you made this change, there is nothing to do. If not, reset your password now to lock the other person out.',
  },
  secondFactorNext: 'If it was you, there is nothing to do. If not, somebody else is signed in: reset your password now and look at your settings.',
  secondFactorChanged: {
    totp_added: {
      subject: (brand: string) => `An authenticator app was added to your ${brand} account`,
      heading: 'An authenticator app was added',
      lead: (brand: string) => `From now on, signing in to ${brand} also asks for a code of this app.`,
    },
    totp_removed: {
      subject: (brand: string) => `An authenticator app was removed from your ${brand} account`,
      heading: 'An authenticator app was removed',
      lead: (brand: string) => `Signing in to ${brand} no longer takes codes of this app.`,
    },
    recovery_codes_made: {
      subject: (brand: string) => `New recovery codes for your ${brand} account`,
      heading: 'New recovery codes were made',
      lead: (brand: string) => `The earlier recovery codes of your ${brand} account can no longer be used.`,
    },
    recovery_code_used: {
      subject: (brand: string) => `A recovery code of your ${brand} account was used`,
      heading: 'A recovery code was used',
      lead: (brand: string) => `Somebody signed in to ${brand} with one of your recovery codes. It cannot be used again.`,
    },
  },
  passkeyCreated: {
    subject: (brand: string) => `A passkey was added to your ${brand} account`,
    heading: 'A passkey was added',
    lead: (brand: string) => `A new passkey now signs in to your ${brand} account.`,
    next: 'If you added it, there is nothing to do. If not, remove it in your settings and reset your password now.',
  },
  passkeyRemoved: {
    subject: (brand: string) => `A passkey was removed from your ${brand} account`,
    heading: 'A passkey was removed',
    lead: (brand: string) => `A passkey of your ${brand} account was removed. It no longer signs in, and your other devices were signed out.`,
    next: 'If you removed it, there is nothing to do. If not, reset your password now to lock the other person out.',
  },
  newSignIn: {
    subject: (brand: string) => `New sign-in to your ${brand} account`,
    heading: 'New sign-in to your account',
    lead: (brand: string) => `Your ${brand} account was signed in to from a device we have not seen before.`,
    next: 'If it was you, there is nothing to do. If not, reset your password and end the sessions you do not know.',
  },
  refreshTokenReuse: {
    subject: (brand: string) => `We ended a session of your ${brand} account`,
    heading: 'We ended a session to protect you',
    lead: (brand: string) =>
      `A key that keeps you signed in to ${brand} was used a second time. That can mean that it was copied, so we ended that session.`,
    next: 'Sign in again to go on. If you do not know the device below, reset your password too.',
  },
  accountDeleted: {
    subject: (brand: string) => `Your ${brand} account was deleted`,
    heading: 'Your account was deleted',
    lead: (brand: string) => `Your ${brand} account was deleted, and every session of it has ended.`,
    next: 'If you asked for this, there is nothing to do. Thank you for having been with us.',
  },
} as const
