import { AppError } from '@saleswright/kernel'
import { LONGEST_AUTHORIZATION } from '@saleswright/rpc'
import type { FastifyInstance } from 'fastify'

/** Characters that one header may have; all of them together are bounded by the parser (431 as well). */
const LONGEST = 2_048
const LONGEST_BY_NAME: ReadonlyMap<string, number> = new Map([
  ['authorization', LONGEST_AUTHORIZATION],
  ['cookie', 8_192],
  ['accept-language', 1_024],
  ['content-type', 512],
  ['content-encoding', 128],
  ['if-match', 512],
  ['traceparent', 128],
])

const lengthOf = (value: string | readonly string[] | undefined): number =>
  typeof value === 'string' ? value.length : (value ?? []).reduce((sum, { length }) => sum + length, 0)

/** Refuses a header that is longer than anybody needs it, before anything reads one. */
export const boundHeaders = (app: FastifyInstance): void => {
  app.addHook('onRequest', ({ headers }, _, done) => {
    for (const name of Object.keys(headers)) {
      if (lengthOf(headers[name]) > (LONGEST_BY_NAME.get(name) ?? LONGEST)) {
        return done(new AppError('invalid', 'headers_too_large'))
      }
    }
    return done()
  })
}
