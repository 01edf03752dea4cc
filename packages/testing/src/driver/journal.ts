import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Entry, type Intent, intentsOf } from '../ledger.ts'

/** What a driver asked for and was answered, kept so that it outlives whatever is killed. */
export type Journal = {
  /** Returns once the line is on the disk; lines that come meanwhile go there together. */
  readonly write: (entry: Entry) => Promise<void>
  readonly intents: () => readonly Intent[]
  readonly close: () => Promise<void>
}

export const openJournal = async (file: string): Promise<Journal> => {
  const handle = await open(file, 'a')
  let waiting: string[] = []
  let turn: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  const flush = async (): Promise<void> => {
    next = undefined
    const lines = waiting
    waiting = []
    await handle.appendFile(lines.join(''))
    await handle.datasync()
  }
  return {
    write(entry) {
      waiting.push(`${JSON.stringify(entry)}\n`)
      next ??= turn = turn.then(flush)
      return next
    },
    intents: () =>
      intentsOf(
        readFileSync(file, 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Entry),
      ),
    async close() {
      await turn
      await handle.close()
    },
  }
}
