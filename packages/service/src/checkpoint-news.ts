import { create, toBinary } from '@bufbuild/protobuf'
import { type Bus, cloudEvent, type Message, topicOf } from '@saleswright/bus'
import { instant } from '@saleswright/contracts'
import { AuditCheckpointSchema } from '@saleswright/contracts/saleswright/api/v1/audit_pb.ts'
import { derivedId } from '@saleswright/kernel'
import type { Checkpoint, EventLog } from '@saleswright/store'
import type { Context } from './contexts.ts'
import type { Job } from './definition.ts'

export const AUDIT_TOPIC = topicOf('audit')

type Options = {
  readonly context: Context
  readonly eventLog: Pick<EventLog, 'newestCheckpoint'>
  readonly bus: Pick<Bus, 'ensure' | 'publish'>
}

/** Tells the newest seal of a service's trail, so that a copy lies outside its store (decision 25). It stands for all that were before it. */
export const checkpointNews = ({ context, eventLog, bus }: Options): Job => {
  let told = 0
  return {
    name: 'audit-checkpoints',
    cron: '*/10 * * * *',
    zone: 'UTC',
    async run() {
      const checkpoint = await eventLog.newestCheckpoint()
      if (!checkpoint || checkpoint.number === told) return
      await bus.ensure([AUDIT_TOPIC])
      await bus.publish(AUDIT_TOPIC, [messageOf(context, checkpoint)])
      told = checkpoint.number
    },
  }
}

const messageOf = (context: Context, { number, fromPosition, toPosition, at, ...seal }: Checkpoint): Message => {
  const { previous, hash, signature, keyId } = seal
  const checkpoint = create(AuditCheckpointSchema, {
    context,
    number: BigInt(number),
    fromPosition: BigInt(fromPosition),
    toPosition: BigInt(toPosition),
    previous,
    hash,
    signature,
    keyId,
    sealedAt: instant(at),
  })
  const id = derivedId('audit-checkpoint', context, String(number))
  const { typeName: type } = AuditCheckpointSchema
  return {
    key: context,
    value: toBinary(AuditCheckpointSchema, checkpoint),
    headers: cloudEvent({ id, type, source: context, subject: context, time: at }),
  }
}
