import type { Log } from '@saleswright/bus'
import { EventLogService } from '@saleswright/contracts/saleswright/api/v1/event_log_pb.ts'
import { client, connect } from '@saleswright/rpc'
import type { EventLog } from '@saleswright/store'
import type { Part } from './parts.ts'

export type WakerOptions = {
  readonly context: string
  readonly eventLog: Pick<EventLog, 'onCommit' | 'leaseHolder'>
  /** The name of the lease that the publishing process holds. */
  readonly lease: string
  /** Whether this process publishes: then there is nobody to wake. */
  readonly publishes: () => boolean
  readonly token: () => Promise<string>
  readonly log: Log
}

/** Whoever can be woken says where, as its holder's name; another name is that of a process that polls alone. */
const ADDRESS = /^(?:unix:.+|.+:\d+)$/

/** Tells the replica that publishes a service's events that there are new ones. It only saves the time of a poll. */
export const relayWaker = ({ context, eventLog, lease, publishes, token, log }: WakerOptions): Part => {
  let calling = Promise.resolve()
  let called = false
  let deaf = (): void => {}

  const wake = async (): Promise<void> => {
    called = false
    const holder = await eventLog.leaseHolder(lease)
    if (publishes() || !holder || !ADDRESS.test(holder)) return
    const channel = connect(holder)
    try {
      await client(EventLogService, channel, token).wakeRelay({ context })
    } finally {
      await channel.close()
    }
  }
  /** One call at a time, and one more for all that is committed while it runs. */
  const committed = (): void => {
    if (called || publishes()) return
    called = true
    calling = calling.then(wake).catch((error: unknown) => log.debug({ err: error, context }, 'a relay was not woken'))
  }
  return {
    name: `waker of ${context}`,
    start: async () => {
      deaf = eventLog.onCommit(committed)
    },
    stop: async () => {
      deaf()
      await calling
    },
  }
}
