import { connect, type Socket } from 'node:net'
import type { Json } from './http.ts'

/** What came back until the connection was closed by the other side. */
type RawAnswer = { readonly status: number; readonly head: string; readonly json: Json }

const answerOf = (text: string): RawAnswer => {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, json: body.startsWith('{') ? JSON.parse(body) : undefined }
}

/** Bytes to an edge as they are, and what it says before it hangs up; for what no client would send. */
export const rawTo = (address: string) => {
  const { hostname, port } = new URL(address)
  const open = (): Socket => connect(Number(port), hostname)
  const exchange = (first: string | Buffer, keep?: (socket: Socket) => void): Promise<RawAnswer> =>
    new Promise((resolve, reject) => {
      const socket = open()
      let text = ''
      socket.on('data', (bytes) => {
        text += bytes
      })
      socket.on('close', () => resolve(answerOf(text)))
      // A server that hangs up on somebody who is still sending resets the connection, after its answer.
      socket.on('error', (error) => text || reject(error))
      socket.write(first)
      keep?.(socket)
    })
  return { open, exchange }
}

export const requestText = (line: string, headers: Readonly<Record<string, string | number>> = {}, body = ''): string =>
  [
    `${line} HTTP/1.1`,
    'Host: edge',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n')
