import { describe, expect, it } from 'vitest'
import { createHistory } from '../../src/mongo/transactions/history.ts'

const bytes = (n: number): Uint8Array => Uint8Array.of(n)
const change = (key: string, before: number | undefined, collectionId = 1) => ({
  collectionId,
  key,
  before: before === undefined ? undefined : bytes(before),
})

describe('the past of documents', () => {
  it('of a document is what it was before its first change after the moment', () => {
    const history = createHistory()
    history.add([change('a', 1)])
    const moment = history.now()
    history.add([change('a', 2), change('b', undefined)])
    history.add([change('a', 3)])
    expect(history.changeAfter(0, 1, 'a')?.before).toEqual(bytes(1))
    expect(history.changeAfter(moment, 1, 'a')?.before).toEqual(bytes(2))
    expect(history.changeAfter(moment, 1, 'b')).toMatchObject({ before: undefined })
    expect(history.changeAfter(history.now(), 1, 'a')).toBe(undefined)
    expect(history.changeAfter(moment, 2, 'a')).toBe(undefined)
  })

  it('of a collection has each document once', () => {
    const history = createHistory()
    history.add([change('a', 1), change('b', 1), change('c', 1, 2)])
    history.add([change('a', 2)])
    expect(history.changesAfter(0, 1).map(({ key, before }) => [key, before])).toEqual([
      ['a', bytes(1)],
      ['b', bytes(1)],
    ])
    expect(history.changesAfter(1, 1).map(({ key }) => key)).toEqual(['a'])
  })

  it('is forgotten as far as nobody can ask for it, however long it goes on', () => {
    const history = createHistory()
    const seen: (number | undefined)[] = []
    for (let n = 0; n < 5000; n++) {
      history.add([change(`k${n % 7}`, n % 250)])
      if (n >= 10) history.forget(n - 10)
      seen.push(history.changesAfter(0, 1).length)
    }
    // The last ones stay, of seven documents each.
    expect(new Set(seen.slice(20))).toEqual(new Set([7]))
    expect(history.changeAfter(4990, 1, `k${4999 % 7}`)?.before).toEqual(bytes(4992 % 250))
    history.forget(history.now())
    expect(history.changesAfter(0, 1)).toEqual([])
  })
})
