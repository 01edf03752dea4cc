import { createTransport } from 'nodemailer'
import type { MailSettings } from './settings.ts'

type Mail = {
  /** One address, never a list. */
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Where mail goes out. `send` returns when the server has taken it, and rejects when it has not. */
export type Mailer = { readonly send: (mail: Mail) => Promise<void>; readonly close: () => void }

const WAIT_MS = 10_000
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Sends by SMTP: encrypted from the start (smtps://), or by STARTTLS, without which only this machine itself is trusted. */
export const smtpMailer = ({ url, from }: MailSettings): Mailer => {
  const { protocol, hostname, port, username, password } = url
  const secure = protocol === 'smtps:'
  const transport = createTransport({
    host: hostname,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && !LOOPBACK.has(hostname),
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    // Nothing of a mail is read from elsewhere.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async ({ to, subject, text }) => {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text, textEncoding: 'base64' })
    },
    close: () => transport.close(),
  }
}
