type Opened<U> = { readonly use: U; readonly open: () => Promise<void>; readonly close: () => Promise<void> }

/** Something connected that many share. It is opened when it is first wanted, and after a fault a new one takes its place. */
export type Renewed<U> = {
  readonly with: <R>(work: (use: U) => Promise<R>) => Promise<R>
  readonly close: () => Promise<void>
}

type Shared<U> = { readonly opened: Promise<Opened<U>>; users: number; dropped: boolean }

const opening = async <U>(made: Opened<U>): Promise<Opened<U>> => {
  try {
    await made.open()
  } catch (error) {
    await made.close().catch(() => undefined)
    throw error
  }
  return made
}

/** The last user of what was dropped closes it: others may still be in the middle of something that succeeds. */
const closeUnused = async <U>({ users, dropped, opened }: Shared<U>): Promise<void> => {
  if (dropped && users === 0) await opened.then(({ close }) => close()).catch(() => undefined)
}

export const renewed = <U>(make: () => Opened<U>): Renewed<U> => {
  let current: Shared<U> | undefined
  const drop = (shared: Shared<U>): void => {
    shared.dropped = true
    if (current === shared) current = undefined
  }
  return {
    async with(work) {
      current ??= { opened: opening(make()), users: 0, dropped: false }
      const shared = current
      shared.users++
      try {
        return await work((await shared.opened).use)
      } catch (error) {
        drop(shared)
        throw error
      } finally {
        shared.users--
        await closeUnused(shared)
      }
    },
    async close() {
      const shared = current
      if (!shared) return
      drop(shared)
      await closeUnused(shared)
    },
  }
}
