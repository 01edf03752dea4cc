import { companyScope, derivedId, unavailable } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Part } from '@saleswright/service'
import type { Desk } from '../desk.ts'
import type { Progress } from '../progress/watch-logs.ts'
import { type Outcome, rebuild } from './rebuild-rows.ts'

const OF_THE_SERVICE = companyScope('')
export const REBUILD_LEASE = 'rebuild of the read models'
/** What a caller who did not get to the end is told. */
const COME_BACK_SECONDS = 5
const ANSWER_MS = 200

const underWay = () => unavailable('rebuild_under_way', COME_BACK_SECONDS)

export type Rebuilder = {
  /**
   * Rebuilds, one replica at a time, or joins who does so already in this process. Where the call's time does not suffice it goes on, and
   * whoever asks again with the same key gets what came of it.
   */
  readonly run: (call: Call) => Promise<Outcome>
  readonly part: Part
}

const outcomeOf = ({ events, digest, previousDigest }: Outcome): Outcome => ({ events, digest, previousDigest })

const withinTime = async <R>(work: Promise<R>, deadline: Date): Promise<R> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(underWay()), Math.max(0, deadline.getTime() - Date.now() - ANSWER_MS))
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

export const rebuilderOf = (desk: Desk, progress: Progress, most: number): Rebuilder => {
  const stopping = new AbortController()
  let running: Promise<Outcome> | undefined

  const work = async (): Promise<Outcome> => {
    const done = await desk.alone(REBUILD_LEASE, (lost) =>
      rebuild(desk, most, AbortSignal.any([stopping.signal, lost])),
    )
    if (!done) throw underWay()
    const { positions, ...outcome } = done.result
    await progress.restart(positions)
    desk.log.info({ ...outcome }, 'the read models were built again')
    return outcome
  }
  const join = (): Promise<Outcome> => {
    running ??= work().finally(() => {
      running = undefined
    })
    return running
  }
  const remember = async ({ mark }: Call, outcome: Outcome): Promise<Outcome> => {
    if (mark === undefined) return outcome
    const id = derivedId('rebuild', mark)
    await desk.store.transact(desk.cause(), async (tx) => {
      if (await tx.find(desk.rebuilds, OF_THE_SERVICE, id)) return
      tx.put(desk.rebuilds, { id, version: 0, companyId: '', ...outcome })
    })
    return outcome
  }
  return {
    async run(call) {
      const before = call.mark && (await desk.rebuilds.find(OF_THE_SERVICE, derivedId('rebuild', call.mark)))
      if (before) call.replayed?.()
      if (before) return outcomeOf(before)
      const remembered = join().then((outcome) => remember(call, outcome))
      remembered.catch((err: unknown) => desk.log.warn({ err }, 'the read models were not built again'))
      return withinTime(remembered, call.deadline)
    },
    part: {
      name: 'rebuild of the read models',
      start: async () => {},
      stop: async () => {
        stopping.abort(unavailable('service_unavailable', 1))
        await running?.catch(() => undefined)
      },
    },
  }
}
