import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { watchEvents } from './watch-events.ts'

/** Events of one type, by their ids alone, and a way to commit more. */
const aLog = () => {
  const ids: string[] = []
  const listeners = new Set<() => void>()
  const log: Parameters<typeof watchEvents>[0] = {
    committedSince: async (_type, since) =>
      ids
        .toSorted()
        .filter((eventId) => Number.parseInt(eventId.replace('-', '').slice(0, 12), 16) >= since.getTime())
        .map((eventId) => ({ eventId }) as Awaited<ReturnType<typeof log.committedSince>>[number]),
    onCommit: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const commit = (id: string): void => {
    ids.push(id)
    for (const listener of listeners) listener()
  }
  const watch = async (cursor: string, signal = new AbortController().signal) => {
    const { events, ...rest } = await watchEvents(log, { type: 'news', cursor, signal })
    return { ids: events.map(({ eventId }) => eventId), ...rest }
  }
  return { commit, watch, listeners }
}

test('what was committed lately is answered at once, and what is committed later as soon as it is', async () => {
  const { commit, watch, listeners } = aLog()
  const [first, second] = [newId(), newId()]
  commit(first)
  const before = await watch('')
  expect(before.ids).toEqual([first])
  const waiting = watch(before.cursor)
  commit(second)
  expect((await waiting).ids).toContain(second)
  expect(listeners.size).toBe(0)
})

test('an event that was committed behind others with later ids is not left out', async () => {
  const { commit, watch } = aLog()
  const [early, late] = [newId(), newId()]
  commit(late)
  const { cursor } = await watch('')
  const waiting = watch(cursor)
  commit(early)
  expect((await waiting).ids).toContain(early)
})

test('a first question is answered at once also where there is nothing, and a caller who leaves ends the wait', async () => {
  const { watch, listeners } = aLog()
  const { ids, cursor } = await watch('')
  expect(ids).toEqual([])
  const leaving = new AbortController()
  const waiting = watch(cursor, leaving.signal)
  leaving.abort()
  expect(await waiting).toEqual({ ids: [], cursor })
  expect(listeners.size).toBe(0)
})
