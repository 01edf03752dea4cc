import { aMailSink } from '@saleswright/testing'
import { expect, onTestFinished, test } from 'vitest'
import { readMailSettings, smtpMailer } from './index.ts'

const mailerTo = (url: string) => {
  const settings = readMailSettings({ SMTP_URL: url, MAIL_FROM: 'sales@example.com' })
  const mailer = smtpMailer(settings!)
  onTestFinished(mailer.close)
  return mailer
}

const MAIL = { to: 'li.lei@example.com', subject: '设置您的登录密码', text: '李雷，您好：\n\nhttps://example.com/x' }

test('a mail arrives as it was sent', async () => {
  const sink = await aMailSink(onTestFinished)
  await mailerTo(sink.url).send(MAIL)
  expect(sink.received).toEqual([{ to: [MAIL.to], from: 'sales@example.com', subject: MAIL.subject, text: MAIL.text }])
})

test('an address is one address, whatever stands in it', async () => {
  const sink = await aMailSink(onTestFinished)
  const sent = mailerTo(sink.url).send({ ...MAIL, to: 'a@example.com, b@example.com\r\nBcc: c@example.com' })
  await sent.catch(() => {})
  const addresses = sink.received.flatMap(({ to }) => to)
  expect(addresses.filter((address) => ['b@example.com', 'c@example.com'].includes(address))).toEqual([])
})

test('a mail that the server does not take is a failure', async () => {
  const sink = await aMailSink(onTestFinished)
  sink.refuseWith = new Error('mailbox full')
  await expect(mailerTo(sink.url).send(MAIL)).rejects.toThrow('mailbox full')
})

test('without encryption nothing is sent beyond this machine', async () => {
  const sink = await aMailSink(onTestFinished, '127.0.0.2')
  await expect(mailerTo(sink.url).send(MAIL)).rejects.toThrow(/STARTTLS/)
  expect(sink.received).toEqual([])
})

test.each(['mail.example.com', 'http://mail.example.com', 'smtp:'])('SMTP_URL %s is refused in one sentence', (url) => {
  expect(() => readMailSettings({ SMTP_URL: url })).toThrow('SMTP_URL must be the address of a mail server')
})

test('without a server there is no mail', () => expect(readMailSettings({})).toBeUndefined())
