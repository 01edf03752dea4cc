import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import { AppError, type Command, notFound, type Scope, scopeFor } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import type { Attempt } from './attempt.ts'
import { covers, type Plan, type Stored, within } from './plan.ts'
import type { Store, Tx } from './ports.ts'
import type { Queues } from './queues.ts'
import type { Run } from './transact.ts'
import { bytesOf, type Doc } from './values.ts'

/** What a command did: kept for 30 days, so that the same command has no second effect. */
export type Mark = {
  readonly _id: string
  readonly bodyHash: string
  readonly at: Date
  /** The answer's message in binary. */
  readonly response: Uint8Array
  /** The record that the caller must still be allowed to see to get the answer again. */
  readonly collection?: string
  readonly aggregateId?: string
  readonly eventId?: string
}

type Marked = Command & { readonly permission?: string; readonly mark: string }

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

const scopeOfCaller = ({ actor, permission }: Marked): Scope | undefined =>
  actor.kind === 'service' || permission === undefined ? undefined : scopeFor(actor, permission)

/** The first record written, or else read, that lies in the caller's scope: the one the command is about. */
const subjectOf = (command: Marked, { staging }: Attempt): Pick<Mark, 'collection' | 'aggregateId'> => {
  const scope = scopeOfCaller(command)
  if (!scope) return {}
  const entries = [...staging.entries()].filter(({ current }) => current && covers(scope, current as Doc))
  const subject = entries.find(({ stored, current }) => stored !== current) ?? entries[0]
  return subject ? { collection: subject.plan.collection.collectionName, aggregateId: subject.id } : {}
}

type Parts = {
  readonly run: Run
  readonly marks: mongo.Collection<Mark>
  readonly plans: ReadonlyMap<string, Plan>
  readonly queues: Queues
}

export const createAnswer = ({ run, marks, plans, queues }: Parts): Store['answer'] => {
  const refuseStranger = async (command: Marked, { collection = '', aggregateId = '' }: Mark): Promise<void> => {
    const scope = scopeOfCaller(command)
    const plan = plans.get(collection)
    if (!scope || !plan) return
    const found = await plan.collection.findOne<Pick<Stored, '_id'>>(within(scope, { _id: aggregateId }), {
      projection: { _id: 1 },
    })
    if (!found) throw notFound(plan.name, aggregateId)
  }

  const replay = async <S extends DescMessage>(command: Marked, output: S, mark: Mark): Promise<MessageShape<S>> => {
    if (mark.bodyHash !== command.bodyHash) throw new AppError('mismatch', 'idempotency_key_reused')
    await refuseStranger(command, mark)
    command.replayed?.()
    if (mark.eventId !== undefined) command.recorded?.(mark.eventId)
    return fromBinary(output, bytesOf(mark.response) ?? new Uint8Array())
  }

  const once = async <S extends DescMessage>(
    command: Marked,
    output: S,
    work: (tx: Tx) => Promise<MessageInitShape<S>>,
  ): Promise<MessageInitShape<S>> => {
    const lookUp = () => marks.findOne({ _id: command.mark })
    let eventId: string | undefined
    const gate = async () => {
      const mark = await lookUp()
      if (mark) throw new DoneBefore(mark)
    }
    const first = (result: MessageInitShape<S>, attempt: Attempt) => {
      eventId = attempt.lastStaged()
      const document: Mark = {
        _id: command.mark,
        bodyHash: command.bodyHash,
        at: command.at,
        response: toBinary(output, create(output, result)),
        ...subjectOf(command, attempt),
        ...(eventId !== undefined && { eventId }),
      }
      return [{ namespace: marks.namespace, name: 'insertOne' as const, document: document as mongo.Document }]
    }
    try {
      const result = await run(command, work, { gate, first })
      if (eventId !== undefined) command.recorded?.(eventId)
      return result
    } catch (error) {
      // Work may have been refused because of what the very same command had done a moment before, elsewhere.
      const mark = error instanceof DoneBefore ? error.mark : error instanceof AppError ? await lookUp() : undefined
      if (!mark) throw error
      return (await replay(command, output, mark)) as MessageInitShape<S>
    }
  }

  return async (command, output, work) => {
    const { mark } = command
    if (mark === undefined) {
      let eventId: string | undefined
      const result = await run(command, work, {
        first: (_, attempt) => {
          eventId = attempt.lastStaged()
          return []
        },
      })
      if (eventId !== undefined) command.recorded?.(eventId)
      return result
    }
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
