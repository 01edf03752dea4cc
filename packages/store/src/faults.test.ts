import { connect } from 'node:net'
import { AppError } from '@saleswright/kernel'
import mongoose from 'mongoose'
import { expect, test } from 'vitest'
import { asked, told } from './faults.ts'

const {
  MongoClientClosedError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoTopologyClosedError,
} = mongoose.mongo

const unreachable = (seconds: number) =>
  expect.objectContaining({ kind: 'unavailable', code: 'store_unreachable', retryAfterSeconds: seconds })

test('a socket error that the driver did not wrap is a store that cannot be reached', async () => {
  const error = await new Promise<Error>((resolve) => void connect('/nowhere/store.sock').once('error', resolve))
  expect(told(error)).toEqual(unreachable(1))
  await expect(asked(Promise.reject(error))).rejects.toEqual(unreachable(1))
})

test.each([
  ['EPIPE', 'write'],
  ['ECONNRESET', 'read'],
  ['ECONNREFUSED', 'connect'],
  ['ENOENT', 'connect'],
])('%s of a socket (%s) is a store that cannot be reached', (code, syscall) => {
  expect(told(Object.assign(new Error(`${syscall} ${code}`), { code, syscall }))).toEqual(unreachable(1))
})

test.each([
  new MongoNetworkError('gone'),
  new MongoNotConnectedError('not connected'),
  new MongoTopologyClosedError('closed'),
  new MongoClientClosedError(),
  new MongoServerError({ code: 11_600, errmsg: 'shutting down' }),
])('%s is a store that cannot be reached', (error) => {
  expect(told(error)).toEqual(unreachable(1))
})

test('a full disk asks for a longer pause', () => {
  expect(told(new MongoServerError({ code: 14_031, errmsg: 'no room' }))).toEqual(unreachable(30))
})

test('what is a fault of the program, or was decided already, passes as it is', () => {
  const decided = new AppError('conflict', 'stock_short')
  const passing = [new TypeError('x is not a function'), Object.assign(new Error('open ENOENT'), { syscall: 'open' })]
  for (const error of [...passing, decided, new MongoServerError({ code: 2, errmsg: 'bad value' })])
    expect(told(error)).toBe(error)
})
