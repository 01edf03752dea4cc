import { appendFileSync } from 'node:fs'
import { mongo } from 'mongoose'

/** Where the process is to die: at the n-th time that it comes to a point from now on. */
export type Trap =
  | { readonly at: 'point'; readonly context: string; readonly point: string; readonly hit: number }
  /** In the middle of a transaction that is none any more: what stands before the first write to this collection is stored alone. */
  | { readonly at: 'split'; readonly namespace: string; readonly with: string }

/** The port for `hostServices`, and the trap that lies there. */
export type FailPoints = {
  readonly reached: (context: string, point: string) => Promise<void>
  readonly lay: (trap: Trap) => void
}

/** Leaves a line that the process died on purpose, and dies as a machine does that loses its power. */
const die = (note: string, line: string): Promise<never> => {
  appendFileSync(note, `${line}\n`)
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => {})
}

export const failPoints = (note: string): FailPoints => {
  let trap: Trap | undefined
  let hits = 0
  return {
    lay(next) {
      trap = next
      hits = 0
      if (next.at === 'split') splitTransactions(next, (line) => die(note, line))
    },
    async reached(context, point) {
      if (trap?.at !== 'point' || trap.context !== context || trap.point !== point) return
      hits++
      if (hits === trap.hit) await die(note, `${context} ${point} ${hits}`)
    },
  }
}

type Split = Extract<Trap, { at: 'split' }>

/** Switches the transaction off: the guard that every test of a crash is about. */
const splitTransactions = ({ namespace, with: beside }: Split, dying: (line: string) => Promise<never>): void => {
  const { prototype } = mongo.MongoClient
  const { bulkWrite } = prototype
  prototype.bulkWrite = async function split(this: mongo.MongoClient, models, options) {
    const from = models.findIndex((model) => model.namespace === namespace)
    const concerned = from > 0 && models.some((model) => model.namespace === beside)
    if (!concerned) return bulkWrite.call(this, models, options)
    await bulkWrite.call(this, models.slice(0, from), { ordered: true, ignoreUndefined: true })
    return dying(`split ${namespace}`)
  } as typeof bulkWrite
}
