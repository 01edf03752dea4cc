import { create, type DescMessage, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { AppError } from '@saleswright/kernel'
import { LRUCache } from 'lru-cache'
import type { mongo } from 'mongoose'
import type { Attempt } from './attempt.ts'
import { asked } from './faults.ts'
import { type Mark, type Marked, markOf, replay } from './marks.ts'
import type { Plan } from './plan.ts'
import type { Store, Tx } from './ports.ts'
import type { Queues } from './queues.ts'
import type { FailPoint, Run } from './transact.ts'

const LONGEST_WAIT = 5_000

/** Ends an attempt whose command was done before. */
class DoneBefore extends Error {
  override readonly name = 'DoneBefore'
  readonly mark: Mark
  constructor(mark: Mark) {
    super(mark._id)
    this.mark = mark
  }
}

type Parts = {
  readonly run: Run
  readonly marks: mongo.Collection<Mark>
  readonly plans: ReadonlyMap<string, Plan>
  readonly queues: Queues
  readonly failPoint?: FailPoint | undefined
}
type Work<S extends DescMessage> = (tx: Tx) => Promise<MessageInitShape<S>>

/** Who asks again does so soon. */
const REMEMBERED = 10_000

const createOnce = ({ run, marks, plans, failPoint }: Parts) => {
  const seen = new LRUCache<string, true>({ max: REMEMBERED })
  return async <S extends DescMessage>(command: Marked, output: S, work: Work<S>): Promise<MessageInitShape<S>> => {
    const lookUp = () => asked(marks.findOne({ _id: command.mark }))
    const gate = async (attempt: number) => {
      // A mark that is new to this process is hardly ever stored; if it is, the write of it will tell.
      if (attempt === 1 && !seen.has(command.mark)) return
      const mark = await lookUp()
      if (mark) throw new DoneBefore(mark)
    }
    const first = (result: MessageInitShape<S>, attempt: Attempt) => {
      const document: mongo.Document = markOf(command, attempt, toBinary(output, create(output, result)))
      return [{ namespace: marks.namespace, name: 'insertOne' as const, document }]
    }
    try {
      return await run(command, work, { gate, first, told: command.recorded, failPoint })
    } catch (error) {
      // Work may have been refused because of what the very same command had done a moment before, elsewhere.
      const refused = error instanceof AppError && error.kind !== 'unavailable'
      const mark = error instanceof DoneBefore ? error.mark : refused ? await lookUp() : undefined
      if (!mark) throw error
      return (await replay(command, output, mark, plans)) as MessageInitShape<S>
    } finally {
      seen.set(command.mark, true)
    }
  }
}

export const createAnswer = (parts: Parts): Store['answer'] => {
  const { run, queues } = parts
  const once = createOnce(parts)
  return async (command, output, work) => {
    const { mark } = command
    if (mark === undefined) return await run(command, work, { told: command.recorded })
    const line = `mark/${mark}`
    if (!(await queues.holdWithin(line, LONGEST_WAIT))) {
      throw new AppError('conflict', 'command_in_progress', {}, { retryAfterSeconds: 1 })
    }
    try {
      return await once({ ...command, mark }, output, work)
    } finally {
      queues.release([line])
    }
  }
}
