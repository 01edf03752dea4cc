import { expect, test } from 'vitest'
import { pageFacts, queryOf } from './lists.ts'

const request = { pageSize: 3, pageToken: 't', orderBy: '-name', withTotal: true, status: 2, q: 'acme' }

test('a request asks for its page, and its conditions are those that say something', () => {
  const filter = { status: 'open', ownerId: '', unitId: undefined, active: false, open: { $gt: 0 } }
  expect(queryOf(request, filter)).toEqual({
    pageSize: 3,
    pageToken: 't',
    orderBy: '-name',
    withTotal: true,
    filter: { status: 'open', active: false, open: { $gt: 0 } },
  })
  expect(queryOf(request).filter).toEqual({})
})

test('an answer tells the total only where it was counted', () => {
  expect(pageFacts({ items: ['a'], nextPageToken: 'n' })).toEqual({ nextPageToken: 'n' })
  expect(pageFacts({ items: [], nextPageToken: '', totalSize: 0 })).toEqual({ nextPageToken: '', totalSize: 0 })
})
