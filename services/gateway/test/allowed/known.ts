import type { Json } from '../http.ts'

/** What earlier answers named, by the names of their fields: requests made of it reach what is there. */
export type Known = {
  readonly learn: (answer: Json) => void
  readonly note: (name: string, value: string) => void
  /** Values that take the first places, before all that is known of their names. */
  readonly begin: (values: Readonly<Record<string, string>>) => void
  /** Values that a field of this name may have; none where nothing was answered under it yet. */
  readonly of: (name: string) => readonly string[]
}

/** Of a name so many values are kept: the first, which belong to a world that fits together, and the newest. */
const KEPT = 24
const FIRST = 8

/** Fields that refer to something under another name than its own. */
const MEANT: Readonly<Record<string, string>> = {
  ownerId: 'personId',
  managerId: 'personId',
  recordedFor: 'personId',
  toPersonId: 'personId',
  successorId: 'personId',
  signerId: 'personId',
  parentId: 'orgUnitId',
  unitId: 'orgUnitId',
  partnerId: 'customerId',
  parentCustomerId: 'customerId',
  slipFileId: 'fileId',
  waitFor: 'eventId',
  pageToken: 'nextPageToken',
}

/** `untouchable` is never offered: who took the rights of the one who asks would end the asking. */
export const knownValues = (untouchable: ReadonlySet<string>): Known => {
  const values = new Map<string, string[]>()
  const note = (name: string, value: string): void => {
    if (value === '' || untouchable.has(value)) return
    const kept = values.get(name) ?? []
    if (kept.includes(value)) return
    if (kept.length >= KEPT) kept.splice(FIRST, kept.length - KEPT + 1)
    values.set(name, [...kept, value])
  }
  const learn = (answer: Json, name = ''): void => {
    if (typeof answer === 'string') note(name, answer)
    else if (Array.isArray(answer)) for (const item of answer) learn(item, name.replace(/Ids$/, 'Id'))
    else if (typeof answer === 'object' && answer !== null)
      for (const [key, value] of Object.entries(answer)) learn(value, key)
  }
  return {
    learn: (answer) => learn(answer),
    note,
    begin: (begun) => {
      for (const [name, value] of Object.entries(begun)) values.set(name, [value, ...(values.get(name) ?? [])])
    },
    of: (name) => {
      const own = name.replace(/Ids$/, 'Id')
      return values.get(MEANT[own] ?? own) ?? values.get(own) ?? []
    },
  }
}
