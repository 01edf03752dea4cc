import type { Socket } from 'node:net'
import type { Language } from '@saleswright/contracts'
import { AppError, newId } from '@saleswright/kernel'
import { languageOf } from '@saleswright/rpc'
import type { FastifyInstance } from 'fastify'
import { EVERY_ANSWER } from './every-answer.ts'
import { hasBody } from './json-body.ts'
import { problemOf } from './problem.ts'

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    HPE_HEADER_OVERFLOW: 'headers_too_large',
    ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  }),
)

/** What the parser refuses before there is a request. */
export const refuseUnparsed = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  answerByHand(socket, CODES.get(error.code ?? '') ?? 'malformed_request', 'zh-CN', newId())
}

/**
 * Node has one time for a whole request, whatever its size: uploads need minutes, and a JSON body that takes as long is an attack.
 * So every other body has a time of its own.
 */
export const cutSlowBodies = (app: FastifyInstance, milliseconds: number): void => {
  app.addHook('onRequest', ({ raw, headers, id }, reply, done) => {
    if (hasBody(headers) && !raw.complete) {
      const late = () => {
        // A second answer would be taken for that of the next request.
        if (reply.raw.headersSent) return void raw.socket.destroy()
        answerByHand(raw.socket, 'request_timeout', languageOf(headers['accept-language']), String(id))
      }
      const timer = setTimeout(late, milliseconds).unref()
      const inTime = () => clearTimeout(timer)
      raw.once('end', inTime).once('close', inTime)
    }
    done()
  })
}

const answerByHand = (socket: Socket, code: string, language: Language, traceId: string): void => {
  const problem = problemOf(new AppError('invalid', code), { language, traceId })
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${REASONS[problem.status]}`,
    'Connection: close',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${traceId}`,
    ...Object.entries(EVERY_ANSWER).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}
