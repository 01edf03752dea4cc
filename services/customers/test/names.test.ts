import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { everything, openStage, ROOT, WEST } from './stage.ts'

const stage = await openStage()
const { customers } = stage
const rep = await stage.someone([ROOT, WEST], everything('self'))
const [HUAWEI, TENCENT] = ['914403001922038216', '9144030071526726XG']
const create = (request: { name: string; creditCode?: string }) => customers.createCustomer(request, rep.as())
/** Matched as an object, {} would match any. */
const nothing = expect.toSatisfy((params: object) => Object.keys(params).length === 0)
const exists = { code: 'customer_exists', params: nothing }

test('R69: one company is on file once, in traditional and simplified characters, width and legal forms', async () => {
  await create({ name: '华为技术有限公司' })
  for (const name of ['華為技術有限公司', '华为技术', '华为 技术（股份有限公司）', '华为\u{E0100}技术']) {
    await expect(create({ name })).rejects.toMatchObject(exists)
  }
})

test('C# and C++ are two companies', async () => {
  await create({ name: 'C++ Ltd' })
  expect(await create({ name: 'C# Ltd' })).toMatchObject({ name: 'C# Ltd' })
  await expect(create({ name: 'ｃ＃ Limited' })).rejects.toMatchObject(exists)
})

describe('credit codes', () => {
  test('two of one name with two codes are two companies, and one without a code may be either', async () => {
    const first = await create({ name: '长城机电', creditCode: HUAWEI })
    const second = await create({ name: '長城機電有限公司', creditCode: TENCENT })
    expect(second.customerId).not.toBe(first.customerId)
    await expect(create({ name: '长城机电' })).rejects.toMatchObject(exists)
    const clear = { customerId: second.customerId, clearedFields: ['creditCode'] }
    await expect(customers.updateCustomer(clear, rep.as())).rejects.toMatchObject(exists)
  })

  test('one company has one code, whatever its name, in any case and width', async () => {
    await expect(create({ name: '另一家', creditCode: '９１44030071526726xg' })).rejects.toMatchObject(exists)
  })

  test('a file without a code is in the way of one with a code', async () => {
    await create({ name: '黄河机电' })
    await expect(create({ name: '黄河机电', creditCode: '91330100799655058B' })).rejects.toMatchObject(exists)
  })

  test('of two files of one name that are made at once, one of them without a code, one is made', async () => {
    const name = '珠江机电'
    const made = await Promise.allSettled([create({ name }), create({ name, creditCode: '91330100799655058B' })])
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('a code whose check character is wrong is refused by name', async () => {
    await expect(create({ name: '错码', creditCode: '914403001922038217' })).rejects.toMatchObject({
      code: 'credit_code_invalid',
      violations: [{ field: 'creditCode' }],
    })
  })
})

test.each(['%', '_', '.*', '"'])('a search for %s finds nothing', async (q) => {
  await create({ name: `搜索 ${q} ${newId()}` })
  expect((await customers.listCustomers({ q }, rep.as())).customers).toEqual([])
})

test.each([
  ['zgyh', '中国银行'],
  ['cqzb', '重慶重百'],
  ['ccqc', '长城汽车'],
  ['重庆', '重慶機床'],
])('a search for %s finds %s', async (q, name) => {
  const { customerId } = await create({ name })
  const { customers: found } = await customers.listCustomers({ q }, rep.as())
  expect(found.map((one) => one.customerId)).toContain(customerId)
})
