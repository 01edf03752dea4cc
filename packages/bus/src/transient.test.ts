import { AppError, conflict, unavailable } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { isTransient } from './transient.ts'

const named = (name: string, fields: object = {}) => Object.assign(new Error('x'), { name, ...fields })
const labelled = (label: string) => named('MongoServerError', { hasErrorLabel: (asked: string) => asked === label })

test.each([
  ['an owner that cannot be reached', unavailable('store_busy', 1)],
  ['an owner that wants less', new AppError('limited', 'too_many_requests')],
  ['a refused connection', named('Error', { code: 'ECONNREFUSED' })],
  ['a socket that is gone', named('Error', { code: 'ENOENT', syscall: 'connect' })],
  ['a lost database', named('MongoNetworkTimeoutError')],
  ['no primary', named('MongoServerSelectionError')],
  ['a lost race', labelled('TransientTransactionError')],
])('%s heals', (_, error) => expect(isTransient(error)).toBe(true))

test.each([
  ['a broken rule', conflict('order_is_shipped')],
  ['a bug', new TypeError('undefined is not a function')],
  ['a refused document', labelled('Other')],
  ['a file that is missing', named('Error', { code: 'ENOENT', syscall: 'open' })],
  ['what is no error', 'ECONNREFUSED'],
])('%s does not', (_, error) => expect(isTransient(error)).toBe(false))
