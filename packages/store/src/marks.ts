import { type DescMessage, fromBinary, type MessageShape } from '@bufbuild/protobuf'
import { AppError, type Command, notFound, type Scope, scopeFor } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import type { Attempt } from './attempt.ts'
import { covers, type Plan, type Stored, within } from './plan.ts'
import { bytesOf } from './values.ts'

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

/** A command with a mark; `permission` is what its method asks for. */
export type Marked = Command & { readonly permission?: string; readonly mark: string }

/** Services act for the platform and not for a person: they have no rows of their own. */
const scopeOfCaller = ({ actor, permission }: Marked): Scope | undefined =>
  actor.kind === 'service' || permission === undefined ? undefined : scopeFor(actor, permission)

/** The first record written, or else read, that lies in the caller's scope: the one the command is about. */
const subjectOf = (command: Marked, { staging }: Attempt): Pick<Mark, 'collection' | 'aggregateId'> => {
  const scope = scopeOfCaller(command)
  if (!scope) return {}
  const entries = [...staging.entries()].filter(({ current }) => current && covers(scope, current))
  const subject = entries.find(({ plan, id }) => staging.wrote(plan, id)) ?? entries[0]
  return subject ? { collection: subject.plan.collection.collectionName, aggregateId: subject.id } : {}
}

export const markOf = (command: Marked, attempt: Attempt, response: Uint8Array): Mark => {
  const eventId = attempt.lastEvent()
  return {
    _id: command.mark,
    bodyHash: command.bodyHash,
    at: command.at,
    response,
    ...subjectOf(command, attempt),
    ...(eventId !== undefined && { eventId }),
  }
}

const refuseStranger = async (
  command: Marked,
  { collection = '', aggregateId = '' }: Mark,
  plans: ReadonlyMap<string, Plan>,
): Promise<void> => {
  const scope = scopeOfCaller(command)
  const plan = plans.get(collection)
  if (!scope || !plan) return
  const rows: mongo.Collection<Stored> = plan.collection
  const found = await rows.findOne(within(scope, { _id: aggregateId }), { projection: { _id: 1 } })
  if (!found) throw notFound(plan.name, aggregateId)
}

/** The answer of then, for the same request of somebody who may still see what it is about. */
export const replay = async <S extends DescMessage>(
  command: Marked,
  output: S,
  mark: Mark,
  plans: ReadonlyMap<string, Plan>,
): Promise<MessageShape<S>> => {
  if (mark.bodyHash !== command.bodyHash) throw new AppError('mismatch', 'idempotency_key_reused')
  await refuseStranger(command, mark, plans)
  command.replayed?.()
  if (mark.eventId !== undefined) command.recorded?.(mark.eventId)
  return fromBinary(output, bytesOf(mark.response) ?? new Uint8Array())
}
