import type { Bytes } from '../bson/document.ts'

/** A document before somebody's committed change; undefined when it did not exist. */
export interface Change {
  collectionId: number
  key: string
  before: Bytes | undefined
}

type Past = Change & { readonly at: number }

/**
 * What documents were before the commits that came after the oldest open transaction began. A snapshot is a moment in it: what a
 * document was then is its first change after that moment, and its stored form where there is none. So a commit writes its changes
 * down once, however many transactions are open.
 */
export interface History {
  now: () => number
  add: (changes: readonly Change[]) => void
  /** The first change of a document after a moment. */
  changeAfter: (moment: number, collectionId: number, key: string) => Change | undefined
  /** The first changes after a moment of all documents of a collection. */
  changesAfter: (moment: number, collectionId: number) => Change[]
  /** Nobody asks for what was before this moment any more. */
  forget: (until: number) => void
}

/** So many forgotten entries may stand at the front of the list before it is cut. */
const SLACK = 1024

export const createHistory = (): History => {
  const byCollection = new Map<number, Map<string, Past[]>>()
  let log: Past[] = []
  let first = 0
  let now = 0

  const drop = ({ collectionId, key }: Past): void => {
    const documents = byCollection.get(collectionId)
    const pasts = documents?.get(key)
    pasts?.shift()
    if (pasts?.length === 0) documents?.delete(key)
    if (documents?.size === 0) byCollection.delete(collectionId)
  }

  const keep = (past: Past): void => {
    log.push(past)
    const documents = byCollection.get(past.collectionId) ?? new Map<string, Past[]>()
    byCollection.set(past.collectionId, documents)
    const pasts = documents.get(past.key)
    if (pasts) pasts.push(past)
    else documents.set(past.key, [past])
  }

  return {
    now: () => now,
    add(changes) {
      now++
      for (const change of changes) keep({ ...change, at: now })
    },
    changeAfter: (moment, collectionId, key) =>
      byCollection
        .get(collectionId)
        ?.get(key)
        ?.find(({ at }) => at > moment),
    changesAfter: (moment, collectionId) =>
      [...(byCollection.get(collectionId)?.values() ?? [])].flatMap(
        (pasts) => pasts.find(({ at }) => at > moment) ?? [],
      ),
    forget(until) {
      for (let past = log[first]; past && past.at <= until; past = log[++first]) drop(past)
      if (first < SLACK && first < log.length) return
      log = log.slice(first)
      first = 0
    },
  }
}
