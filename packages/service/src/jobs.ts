import type { Log } from '@saleswright/bus'
import type { Clock } from '@saleswright/kernel'
import type { Store } from '@saleswright/store'
import type { Alone } from './alone.ts'
import type { Job } from './definition.ts'
import { schedule } from './due.ts'
import type { Part } from './parts.ts'
import { repeating } from './repeating.ts'

export type JobsOptions = {
  readonly jobs: readonly Job[]
  readonly store: Pick<Store, 'connection'>
  readonly clock: Clock
  readonly log: Log
  readonly alone: Alone
}

/** The part does every second what `doDue` does once: everything that is due, on whichever replica has the lease. */
export type Jobs = Part & { readonly doDue: () => Promise<void> }

const POLL_MS = 1_000
const RETRY_MS = 60_000

/** Where a job stands: the last instant of its schedule that is done. */
type Place = { _id: string; lastAt: Date }

/** A failure is logged and tried again a minute later, from the date that failed. */
export const jobRunner = ({ jobs, log, clock, ...options }: JobsOptions): Jobs => {
  const stop = new AbortController()
  const planned = jobs.map((job) => planOf(job, { ...options, clock, stop: stop.signal }))
  const nextAt = new Map<Job, number>()
  let seen = 0

  const attempt = async ({ job, catchUp }: Plan): Promise<void> => {
    const now = clock.now()
    if (now.getTime() < (nextAt.get(job) ?? 0)) return
    try {
      const next = await catchUp(now)
      if (next) nextAt.set(job, next.getTime())
    } catch (error) {
      nextAt.set(job, now.getTime() + RETRY_MS)
      log.error({ err: error, job: job.name }, `the job ${job.name} failed; it will be tried again in a minute`)
    }
  }
  let doing = Promise.resolve()
  const doDue = (): Promise<void> => {
    doing = doing.then(async () => {
      const now = clock.now().getTime()
      // What was to come by a clock that has been set back since would be waited for twice.
      if (now < seen) nextAt.clear()
      seen = now
      await Promise.all(planned.map(attempt))
    })
    return doing
  }
  const polling = repeating({ name: 'jobs', everyMs: POLL_MS, log, work: doDue })
  return {
    ...polling,
    doDue,
    stop: async () => {
      stop.abort()
      await polling.stop()
      await doing
    },
  }
}

/** `catchUp` gives the next instant, or undefined where another replica has the lease. */
type Plan = { readonly job: Job; readonly catchUp: (now: Date) => Promise<Date | undefined> }
type PlanOptions = Omit<JobsOptions, 'jobs' | 'log'> & { readonly stop: AbortSignal }

const planOf = (job: Job, { store, alone, stop }: PlanOptions): Plan => {
  const times = schedule(job.cron, job.zone)
  const places = store.connection.collection<Place>('job_runs')

  const lastAt = async (now: Date): Promise<Date> => {
    const place = await places.findOneAndUpdate(
      { _id: job.name },
      { $setOnInsert: { lastAt: now } },
      { upsert: true, returnDocument: 'after' },
    )
    return place?.lastAt ?? now
  }
  const runDue = async (now: Date, lost: AbortSignal): Promise<Date> => {
    for (const { date, at } of times.due(await lastAt(now), now)) {
      if (stop.aborted || lost.aborted) return at
      await job.run(date)
      await places.updateOne({ _id: job.name }, { $set: { lastAt: at } })
    }
    return times.next(now)
  }
  return {
    job,
    catchUp: async (now) => (await alone(`job:${job.name}`, (lost) => runDue(now, lost)))?.result,
  }
}
