import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { COMPANY, EAST, everything, openStage, ROOT, SHOP, WEST } from './stage.ts'

const stage = await openStage()
const { customers } = stage
const admin = await stage.someone([ROOT], [...everything('company'), 'migration@company'])
const manager = await stage.someone([ROOT, EAST], everything('subtree'))
const rep = await stage.someone([ROOT, EAST, SHOP], everything('self'))
const mate = await stage.someone([ROOT, EAST, SHOP], everything('team'))
const stranger = await stage.someone([ROOT, WEST], everything('subtree'))

/** Matched as an object, {} would match any. */
const nothing = expect.toSatisfy((params: object) => Object.keys(params).length === 0)
let names = 0
const aName = () => `金桥${String.fromCodePoint(0x4e00 + names)}${++names}机电`
const aCustomer = (who = rep, more: object = {}) => customers.createCustomer({ name: aName(), ...more }, who.as())

describe('customer files', () => {
  test('a new one belongs to who makes it, and is told with its place', async () => {
    const made = await aCustomer(rep, { sector: 'retail', annualRevenue: { currencyCode: 'CNY', amount: '1100.04' } })
    expect(made).toMatchObject({ ownerId: rep.id, unitId: SHOP, etag: '1', annualRevenue: { amount: '1100.04' } })
    expect(await customers.getCustomer({ customerId: made.customerId }, rep.as())).toEqual(made)
    expect(await stage.told(made.customerId)).toMatchObject([
      {
        $typeName: 'saleswright.customers.v1.CustomerChanged',
        aggregateVersion: 1,
        ownerId: rep.id,
        orgPath: [ROOT, EAST, SHOP],
        businessDate: '2026-03-10',
      },
    ])
  })

  test('R69, R103: a name is on file once, however it is spelt, and nobody learns whose it is', async () => {
    await customers.createCustomer({ name: 'Acme (China) Co., Ltd.' }, rep.as())
    const again = customers.createCustomer({ name: 'ＡＣＭＥ　China' }, stranger.as())
    await expect(again).rejects.toMatchObject({ kind: 'conflict', code: 'customer_exists', params: nothing })
    const other = await aCustomer(stranger)
    const renamed = customers.updateCustomer({ customerId: other.customerId, name: 'acme-china inc' }, stranger.as())
    await expect(renamed).rejects.toMatchObject({ code: 'customer_exists', params: nothing })
  })

  test('of many that make the same at once one is made', async () => {
    const name = aName()
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) =>
        customers.createCustomer({ name: `${name} ${'.'.repeat(index)}` }, rep.as()),
      ),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'customer_exists' })
    }
  })

  test('the same command twice makes one file and gives the same answer', async () => {
    const [name, key] = [aName(), newId()]
    const first = await customers.createCustomer({ name }, rep.as(key))
    expect(await customers.createCustomer({ name }, rep.as(key))).toEqual(first)
    await expect(customers.createCustomer({ name: aName() }, rep.as(key))).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })

  test('is changed where the caller saw what is there, and a change to the same tells nothing', async () => {
    const { customerId, etag } = await aCustomer()
    const changed = await customers.updateCustomer({ customerId, region: '华东', etag }, rep.as())
    expect(changed).toMatchObject({ region: '华东', etag: '2' })
    expect(await customers.updateCustomer({ customerId, region: '华东' }, rep.as())).toEqual(changed)
    await expect(customers.updateCustomer({ customerId, region: '华南', etag }, rep.as())).rejects.toMatchObject({
      kind: 'stale',
    })
  })

  test('R71: a subsidiary has a file of its own under its parent, and nobody stands above itself', async () => {
    const [top, middle, leaf] = [await aCustomer(), await aCustomer(), await aCustomer()]
    const under = (child: { customerId: string }, parent: { customerId: string }) =>
      customers.updateCustomer({ customerId: child.customerId, parentCustomerId: parent.customerId }, rep.as())
    await under(middle, top)
    await under(leaf, middle)
    await expect(under(top, leaf)).rejects.toMatchObject({ code: 'customer_cycle' })
    await expect(under(top, top)).rejects.toMatchObject({ code: 'customer_cycle' })
    const { customers: below } = await customers.listCustomers({ parentCustomerId: top.customerId }, rep.as())
    expect(below.map(({ customerId }) => customerId)).toEqual([middle.customerId])
    await expect(aCustomer(rep, { parentCustomerId: newId() })).rejects.toMatchObject({
      code: 'parent_customer_not_found',
    })
  })

  test('of two that would put each other above themselves at once, one is refused', async () => {
    const [left, right] = [await aCustomer(), await aCustomer()]
    const results = await Promise.allSettled([
      customers.updateCustomer({ customerId: left.customerId, parentCustomerId: right.customerId }, rep.as()),
      customers.updateCustomer({ customerId: right.customerId, parentCustomerId: left.customerId }, rep.as()),
    ])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('are found by parts of their names, filtered, ordered and in pages', async () => {
    const owner = await stage.someone([ROOT, EAST, SHOP], everything('self'))
    for (const name of ['上海东方明珠有限公司', '东方红集团', 'Oriental Pearl Ltd']) {
      await customers.createCustomer({ name, grade: name.startsWith('东') ? 2 : 1 }, owner.as())
    }
    const found = async (request: object) =>
      (await customers.listCustomers(request, owner.as())).customers.map(({ name }) => name)
    expect(await found({ q: '东方', orderBy: 'name' })).toEqual(['上海东方明珠有限公司', '东方红集团'])
    expect(await found({ q: '方红' })).toEqual(['东方红集团'])
    expect(await found({ q: 'PEA ori' })).toEqual(['Oriental Pearl Ltd'])
    expect(await found({ q: '方东' })).toEqual([])
    expect(await found({ grade: 2 })).toEqual(['东方红集团'])
    const first = await customers.listCustomers({ pageSize: 2, withTotal: true }, owner.as())
    expect(first).toMatchObject({ totalSize: 3, customers: [{}, {}] })
    const second = await customers.listCustomers({ pageSize: 2, pageToken: first.nextPageToken }, owner.as())
    expect([second.customers.length, second.nextPageToken]).toEqual([1, ''])
  })

  test('R79: a sales manager has a list of the key customers that are their own', async () => {
    const { id } = manager
    const own = await aCustomer(manager, { grade: 2 })
    await aCustomer(manager, { grade: 1 })
    await aCustomer(rep, { grade: 2 })
    const { customers: listed } = await customers.listCustomers({ ownerId: id, grade: 2 }, manager.as())
    expect(listed.map(({ customerId }) => customerId)).toEqual([own.customerId])
  })

  test('a migrated one says where it comes from, once in a company', async () => {
    const externalRef = { system: 'crm', id: newId() }
    const made = await aCustomer(admin, { externalRef, recordedFor: rep.id, businessDate: '2017-03-01' })
    expect(made).toMatchObject({ ownerId: admin.id, unitId: ROOT, externalRef })
    await expect(aCustomer(admin, { externalRef })).rejects.toMatchObject({
      code: 'external_ref_exists',
      params: { id: made.customerId },
    })
    const { customers: found } = await customers.listCustomers({ externalId: externalRef.id }, admin.as())
    expect(found).toMatchObject([{ customerId: made.customerId }])
    await expect(aCustomer(rep, { externalRef })).rejects.toMatchObject({ code: 'migration_needed' })
    await expect(aCustomer(rep, { businessDate: '2026-03-01' })).rejects.toMatchObject({
      code: 'business_date_too_early',
    })
  })
})

describe('who sees what (decisions 3)', () => {
  test('self, team, subtree and company each reach as far as they say', async () => {
    const { customerId } = await aCustomer(rep)
    for (const who of [rep, mate, manager, admin]) {
      expect(await customers.getCustomer({ customerId }, who.as())).toMatchObject({ customerId })
    }
    await expect(customers.getCustomer({ customerId }, stranger.as())).rejects.toMatchObject({
      code: 'customer_not_found',
    })
    const other = await stage.someone([ROOT, EAST, SHOP], everything('self'))
    await expect(customers.updateCustomer({ customerId, region: 'x' }, other.as())).rejects.toMatchObject({
      kind: 'not_found',
    })
    const listed = await customers.listCustomers({ q: '金桥' }, stranger.as())
    expect(listed.customers.every(({ ownerId }) => ownerId === stranger.id)).toBe(true)
  })

  test('a record is made for those whom the permission reaches', async () => {
    expect(await aCustomer(manager, { ownerId: rep.id })).toMatchObject({ ownerId: rep.id, unitId: SHOP })
    await expect(aCustomer(manager, { ownerId: stranger.id })).rejects.toMatchObject({ code: 'not_your_unit' })
    await expect(aCustomer(rep, { ownerId: mate.id })).rejects.toMatchObject({ code: 'not_your_unit' })
    await expect(aCustomer(manager, { ownerId: newId() })).rejects.toMatchObject({ code: 'person_not_found' })
  })

  test('a partner reads its own file, and no other', async () => {
    const own = await aCustomer(rep, { channelTier: 1 })
    const other = await aCustomer(rep, { channelTier: 2 })
    const partner = await stage.partner(own.customerId)
    expect(await customers.getCustomer({ customerId: own.customerId }, partner.as())).toEqual(own)
    const { customers: seen } = await customers.listCustomers({}, partner.as())
    expect(seen.map(({ customerId }) => customerId)).toEqual([own.customerId])
    await expect(customers.getCustomer({ customerId: other.customerId }, partner.as())).rejects.toMatchObject({
      code: 'customer_not_found',
    })
    await expect(customers.updateCustomer({ customerId: own.customerId }, partner.as())).rejects.toMatchObject({
      code: 'not_for_partners',
    })
  })

  test('services look a customer up, people do not', async () => {
    const { customerId } = await aCustomer()
    expect(await customers.lookUpCustomer({ companyId: COMPANY, customerId })).toMatchObject({ customerId })
    await expect(customers.lookUpCustomer({ companyId: newId(), customerId })).rejects.toMatchObject({
      kind: 'not_found',
    })
    await expect(customers.lookUpCustomer({ companyId: COMPANY, customerId }, admin.as())).rejects.toMatchObject({
      code: 'services_only',
    })
  })
})
