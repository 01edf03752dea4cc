export { type Mailer, smtpMailer } from './mailer.ts'
export { type MailSettings, readMailSettings } from './settings.ts'
