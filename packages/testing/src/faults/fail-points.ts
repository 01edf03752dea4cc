import { appendFileSync } from 'node:fs'
import { mongo } from 'mongoose'

/** Where the process is to die: at the n-th time that it comes to a point from now on. */
export type Trap =
  | { readonly at: 'point'; readonly context: string; readonly point: string; readonly hit: number }
  /** In the middle of a transaction that is none any more: one that writes `of` is stored without what it writes to these. */
  | { readonly at: 'split'; readonly of: string; readonly without: readonly string[] }

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

type Model = mongo.AnyClientBulkWriteModel<mongo.Document>
type BulkWrite = (this: mongo.MongoClient, models: readonly Model[], options?: object) => Promise<unknown>

/** Switches the transaction off: the guard that every test of a crash is about. */
const splitTransactions = ({ of, without }: Split, dying: (line: string) => Promise<never>): void => {
  const { prototype } = mongo.MongoClient
  const whole = Reflect.get(prototype, 'bulkWrite') as BulkWrite
  const split: BulkWrite = async function split(models, options) {
    if (!models.some((model) => model.namespace === of)) return whole.call(this, models, options)
    const part = models.filter((model) => !without.includes(model.namespace))
    await whole.call(this, part, { ordered: true, ignoreUndefined: true })
    return dying(`split ${of}`)
  }
  Reflect.set(prototype, 'bulkWrite', split)
}
