import { z } from 'zod'

/** `login.email_code_form`. */
export const emailCodeForm = z
  .enum(['code', 'link', 'both'])
  .default('code')
  .meta({
    description:
      'What is mailed to sign in, to recover an account, to re-authenticate and as second factor: `code` is six digits to type; `link` goes on in the browser that asked, and opened in another one asks whether to approve that browser; `both` leaves the choice to the reader. A link is easier to be talked into than a code: who approves what a stranger began lets the stranger in. New accounts and addresses are always confirmed by digits, and so are the challenges of the JSON API, which has nothing that could wait for a link.',
  })
