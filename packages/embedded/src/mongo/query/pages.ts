/** Rows a few at a time. Between two pages others may have their turn, so a page may be empty. */
export type Pages<T> = Iterable<readonly T[]>

/** Work that ends with a result; it yields where others may have their turn. */
export type Walk<T> = Generator<undefined, T>

const PAGE = 64

export function* rowsOf<T>(pages: Pages<T>): Generator<T> {
  for (const page of pages) yield* page
}

export function* pagesOf<T>(rows: Iterable<T>, size = PAGE): Generator<readonly T[]> {
  let page: T[] = []
  for (const row of rows) {
    page.push(row)
    if (page.length < size) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

export function* mapPages<T, U>(pages: Pages<T>, change: (row: T) => U): Generator<readonly U[]> {
  for (const page of pages) yield page.map(change)
}

export function* filterPages<T>(pages: Pages<T>, test: (row: T) => boolean): Generator<readonly T[]> {
  for (const page of pages) yield page.filter((row) => test(row))
}

export function* slicePages<T>(pages: Pages<T>, skip: number, limit: number): Generator<readonly T[]> {
  let at = 0
  const end = skip + limit
  for (const page of pages) {
    yield page.slice(Math.max(0, skip - at), Math.max(0, end - at))
    at += page.length
    if (at >= end) return
  }
}

export function* countRows(pages: Pages<unknown>): Walk<number> {
  let n = 0
  for (const page of pages) {
    n += page.length
    yield
  }
  return n
}

/** Walks to the end without letting anybody in between. */
export const finish = <T>(walk: Walk<T>): T => {
  let step = walk.next()
  while (!step.done) step = walk.next()
  return step.value
}

export const isWalk = <T extends object>(value: T | Walk<T>): value is Walk<T> =>
  'next' in value && typeof value.next === 'function'
