import { describe, expect, test } from 'vitest'
import {
  type Actor,
  companyScope,
  derivedId,
  etagOf,
  expectEtag,
  isAt,
  mover,
  newId,
  REACHES,
  scopeFor,
} from './index.ts'

const TABLE = { draft: ['released', 'cancelled'], released: ['cancelled'], cancelled: [] } as const
type Status = keyof typeof TABLE
const STATUSES = Object.keys(TABLE) as Status[]
const move = mover<Status>('order', TABLE)

describe.each(STATUSES)('from %s', (from) => {
  test.each(STATUSES)('to %s goes only by the table', (to) => {
    const record = { status: from, note: 'kept' }
    const allowed = (TABLE[from] as readonly Status[]).includes(to)
    if (allowed) expect(move(record, to)).toEqual({ status: to, note: 'kept' })
    else
      expect(() => move(record, to)).toThrow(
        expect.objectContaining({ kind: 'conflict', code: `order_is_${from}`, params: { what: 'order', to } }),
      )
  })
})

const clerk: Actor = {
  id: 'clerk',
  kind: 'staff',
  companyId: 'acme',
  unitId: 'north',
  partnerId: 'p1',
  grants: new Map(REACHES.map((reach) => [`orders.${reach}`, reach])),
}

test.each([
  ['self', { ownerId: 'clerk' }],
  ['team', { unitId: 'north' }],
  ['subtree', { orgPath: 'north' }],
  ['company', {}],
  ['partner', { partnerId: 'p1' }],
])('a grant that reaches %s opens those rows of the own company', (reach, rows) => {
  expect(scopeFor(clerk, `orders.${reach}`)?.equals).toEqual({ companyId: 'acme', ...rows })
})

test('without a grant nothing is open, and the platform sees one company', () => {
  expect(scopeFor(clerk, 'orders.delete')).toBeUndefined()
  expect(companyScope('acme').equals).toEqual({ companyId: 'acme' })
})

test('an etag of an older version is refused, and none takes what is there', () => {
  const record = { id: '1', version: 3, companyId: 'acme' }
  for (const etag of ['', etagOf(record), `"${etagOf(record)}"`]) expect(() => expectEtag(record, etag)).not.toThrow()
  expect(() => expectEtag(record, '2')).toThrow(expect.objectContaining({ kind: 'stale', code: 'etag_mismatch' }))
})

test('new ids rise, and derived ids are the same for the same words only', () => {
  const ids = Array.from({ length: 1000 }, newId)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(1000)
  expect(derivedId('order-1', 'ship')).toBe(derivedId('order-1', 'ship'))
  expect(derivedId('order-1', 'ship')).not.toBe(derivedId('order-1', 'bill'))
})

test('a record is where it is by its owner, its unit and the whole way down', () => {
  const place = { ownerId: 'p', unitId: 'u', orgPath: ['r', 'u'] }
  expect(isAt({ ...place, orgPath: [...place.orgPath] }, place)).toBe(true)
  for (const other of [{ ownerId: 'q' }, { unitId: 'v' }, { orgPath: ['r', 'x', 'u'] }]) {
    expect(isAt(place, { ...place, ...other })).toBe(false)
  }
})
