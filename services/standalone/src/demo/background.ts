import { sentence } from '@saleswright/contracts'
import { AppError } from '@saleswright/kernel'
import { accountsFile } from './accounts.ts'
import { type Filling, fill } from './fill.ts'
import { guideOf } from './guide.ts'
import { makePlan } from './plan.ts'

type Background = Omit<Filling, 'progress'> & {
  readonly address: string
  /** Where somebody looks on, progress is shown on one line. */
  readonly terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>
}

/** Makes the demo company while the platform answers already, and tells how it goes; ends without a fault, also when it is cut off. */
export const fillInBackground = async ({ address, terminal, ...filling }: Background): Promise<void> => {
  const { folder, begun, signal } = filling
  const file = accountsFile(folder)
  console.log(`The demo company is being made meanwhile; its sign-ins are in ${file}`)
  const line = progressLine(terminal)
  try {
    const accounts = await fill({ ...filling, progress: line.show })
    line.clear()
    console.log(`\n${guideOf({ address, accounts, accountsFile: file, plan: makePlan(begun.today, begun.orders) })}`)
  } catch (error) {
    line.clear()
    if (signal.aborted) return
    console.error(`The demo company could not be finished: ${reason(error)} A new start goes on with it.`)
  }
}

const reason = (error: unknown): string =>
  error instanceof AppError ? `${sentence(error, 'en')} (${error.code})` : `${(error as Error).message}.`

const EVERY_MS = 200
const CLEAR = '\r\u001B[K'

const progressLine = (terminal: Background['terminal']) => {
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    show: (done: number, all: number): void => {
      const now = performance.now()
      if (!terminal.isTTY || now - shownAt < EVERY_MS) return
      shownAt = now
      terminal.write(`${CLEAR}Demo company: ${Math.floor((100 * done) / all)} % (${done} of ${all} records)`)
    },
    clear: (): void => {
      if (terminal.isTTY) terminal.write(CLEAR)
    },
  }
}
