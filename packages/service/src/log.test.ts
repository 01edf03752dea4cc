import { conflict } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { correlated, openLog } from './log.ts'

const aLog = () => {
  const lines: Record<string, unknown>[] = []
  const log = openLog('orders', 'info', { write: (line: string) => void lines.push(JSON.parse(line)) })
  return { log, lines }
}

test('a line names its service, its level and its correlation id', async () => {
  const { log, lines } = aLog()
  await correlated('request-1', async () => {
    await Promise.resolve()
    log.info({ orderId: 'o-1' }, 'released')
  })
  log.debug({}, 'not at this level')
  log.warn({}, 'alone')
  expect(lines).toMatchObject([
    { level: 'info', service: 'orders', correlationId: 'request-1', orderId: 'o-1', msg: 'released' },
    { level: 'warn', msg: 'alone' },
  ])
  expect(lines[1]).not.toHaveProperty('correlationId')
})

test('tokens and contents are left out, at the top and one level down', () => {
  const { log, lines } = aLog()
  log.info({ token: 'eyJ', metadata: { authorization: 'Bearer eyJ', key: 'k' }, request: { name: '张三' } }, 'called')
  expect(JSON.stringify(lines)).not.toMatch(/eyJ|张三/)
  expect(lines[0]).toMatchObject({ metadata: { key: 'k' } })
})

test('errors keep type, code, stack and causes, without what somebody entered', () => {
  const { log, lines } = aLog()
  const duplicate = Object.assign(new Error('E11000 duplicate key: dup key: { phone: "13800000000" }'), {
    code: 11000,
    keyValue: { phone: '13800000000' },
  })
  log.error({ err: new Error('not saved', { cause: duplicate }) }, 'failed')
  log.error({ err: conflict('phone_taken', { phone: '13800000000' }) }, 'refused')
  expect(JSON.stringify(lines)).not.toContain('13800000000')
  expect(lines).toMatchObject([
    { err: { type: 'Error', message: 'not saved', stack: expect.any(String), cause: { code: 11000 } } },
    { err: { type: 'AppError', code: 'phone_taken', message: 'phone_taken' } },
  ])
})
