import { type Environment, type Form, optional, readConfig, text } from '@saleswright/service'

export type MailSettings = {
  readonly url: URL
  readonly from: string
  /** Where people reach the platform: what links begin with. */
  readonly publicUrl: string
}

const smtpUrl: Form<URL> = {
  parse: (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    return url && ['smtp:', 'smtps:'].includes(url.protocol) && url.hostname ? url : undefined
  },
  says: 'the address of a mail server, as in smtps://user:password@mail.example.com',
  // It may hold a password.
  secret: true,
}

const webUrl: Form<string> = {
  parse: (value) => (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? value : undefined),
  says: 'the address that people reach the platform at, as in https://sales.example.com',
}

/** Undefined where no mail server is configured. */
export const readMailSettings = (environment: Environment): MailSettings | undefined => {
  const { url, ...rest } = readConfig(
    {
      url: optional('SMTP_URL', smtpUrl, undefined),
      from: optional('MAIL_FROM', text, 'saleswright@localhost'),
      publicUrl: optional('PUBLIC_URL', webUrl, 'http://127.0.0.1:8080'),
    },
    environment,
  )
  return url && { url, ...rest }
}
