import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll } from 'vitest'
import type { Until } from './until.ts'

type ReceivedMail = {
  readonly to: readonly string[]
  readonly from: string
  readonly subject: string
  readonly text: string
}

/** A mail server on this machine that keeps what it gets. */
type MailSink = {
  /** For SMTP_URL. */
  readonly url: string
  readonly received: ReceivedMail[]
  /** What it says to the next mails; undefined while it takes them. */
  refuseWith: Error | undefined
}

const ENCODED_WORD = /=\?UTF-8\?B\?([\w+/=]*)\?=/g
const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8')

/** Of a mail with one part of text; as simple as the mails that are sent here. */
const read = (source: string): Pick<ReceivedMail, 'subject' | 'text'> => {
  const [head = '', ...rest] = source.split('\r\n\r\n')
  const headers = new Map(
    head
      .replaceAll('\r\n ', ' ')
      .split('\r\n')
      .map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]),
  )
  const subject = headers.get('subject') ?? ''
  const body = rest.join('\r\n\r\n')
  const isBase64 = headers.get('content-transfer-encoding') === 'base64'
  return {
    subject: subject.replaceAll('?= =?', '?==?').replaceAll(ENCODED_WORD, (_, word: string) => decoded(word)),
    text: (isBase64 ? decoded(body) : body).replaceAll('\r\n', '\n').trimEnd(),
  }
}

export const aMailSink = async (until: Until = afterAll, host = '127.0.0.1'): Promise<MailSink> => {
  const sink: MailSink & { url: string } = { url: '', received: [], refuseWith: undefined }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = []
      stream.on('data', (bytes: Buffer) => parts.push(bytes))
      stream.on('end', () => {
        if (sink.refuseWith) return done(sink.refuseWith)
        const to = envelope.rcptTo.map(({ address }) => address)
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        sink.received.push({ to, from, ...read(Buffer.concat(parts).toString('utf8')) })
        return done()
      })
    },
  })
  const listening = server.listen(0, host)
  await once(listening, 'listening')
  sink.url = `smtp://${host}:${(listening.address() as AddressInfo).port}`
  until(() => new Promise<void>((closed) => server.close(() => closed())))
  return sink
}
