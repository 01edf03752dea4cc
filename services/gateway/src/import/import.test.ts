import { describe, expect, test } from 'vitest'
import { begin, cancel, fail, finish, type Import, NOTHING, note, type Status, TRANSITIONS } from './import.ts'

const AT = new Date('2026-03-01T02:00:00Z')
const FAILURE = { code: 'internal_error', words: { zh: '错', en: 'wrong' }, file: '', column: '' }
const anImport = (status: Status): Import => ({
  id: 'i1',
  version: 1,
  companyId: 'c1',
  status,
  profile: 'crm',
  dryRun: false,
  files: [],
  counts: { 'a.csv': { ...NOTHING, read: 3 } },
  requesterId: 'p1',
  startedAt: AT,
})

const moves = {
  running: (record: Import) => begin(record),
  done: (record: Import) => finish(record, {}, AT),
  failed: (record: Import) => fail(record, { failure: FAILURE, counts: {} }, AT),
  cancelled: (record: Import) => cancel(record, AT),
}
const statuses = Object.keys(TRANSITIONS) as Status[]
const pairs = (Object.keys(moves) as (keyof typeof moves)[]).flatMap((to) =>
  statuses.map((from) => ({ from, to, allowed: (TRANSITIONS[from] as readonly Status[]).includes(to) })),
)

describe('an import', () => {
  test('reaches every status from queued', () => {
    const seen = new Set<Status>(['queued'])
    for (const status of seen) for (const next of TRANSITIONS[status]) seen.add(next)
    expect([...seen].toSorted()).toEqual(statuses.toSorted())
  })
  test('cancelled again is so already', () => {
    const record = cancel(anImport('running'), AT)
    expect(cancel(record, new Date())).toBe(record)
  })
  test.each(pairs.filter(({ from, to, allowed }) => !allowed && !(from === 'cancelled' && to === 'cancelled')))(
    '$from cannot become $to',
    ({ from, to }) => {
      expect(() => moves[to](anImport(from))).toThrow(expect.objectContaining({ code: `import_is_${from}` }))
    },
  )
  test.each(pairs.filter(({ allowed }) => allowed))('$from becomes $to', ({ from, to }) => {
    expect(moves[to](anImport(from)).status).toBe(to)
  })
  test('that is begun again counts afresh and keeps when it was first begun', () => {
    const again = begin(anImport('running'))
    expect([again.counts, again.startedAt]).toEqual([{}, AT])
    const counts = { 'a.csv': { ...NOTHING, read: 5 } }
    expect(note(again, counts).counts).toEqual(counts)
  })
})
