/** What an account is called where one name has to do: to its owner, to their authenticators, on their pages. */
export interface NamedAccount {
  readonly email: string | null
  /** As it is shown. */
  readonly phone: string | null
  readonly username: string | null
}

/** The address, else the telephone number, else the username; an anonymous account is called nothing. */
export function accountName({ email, phone, username }: NamedAccount): string {
  return email ?? phone ?? username ?? ''
}
