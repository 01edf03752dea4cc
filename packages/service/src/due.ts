import { type BusinessDate, businessDateOf } from '@saleswright/kernel'
import { Cron } from 'croner'

/** A run by the calendar: the date it is for, and the last instant of that date that it makes up for. */
type Run = { readonly date: BusinessDate; readonly at: Date }

export type Schedule = {
  /** The dates whose instants lie behind `last` and not behind `now`, in order, each once. */
  readonly due: (last: Date, now: Date) => Iterable<Run>
  readonly next: (after: Date) => Date
}

/** Reads a schedule; one that never comes, or that cannot be understood, is a fault of the code and throws. */
export const schedule = (pattern: string, zone: string): Schedule => {
  const cron = new Cron(pattern, { timezone: zone, mode: '5-part' })
  const next = (after: Date): Date => {
    const instant = cron.nextRun(after)
    if (!instant) throw new Error(`the schedule ${pattern} never comes`)
    return instant
  }
  return {
    next,
    // One date at a time: behind a clock that was set forward they are thousands, and somebody may want to stop in between.
    *due(last, now) {
      let run: Run | undefined
      for (let at = next(last); at <= now; at = next(at)) {
        const date = businessDateOf(at, zone)
        if (run && run.date !== date) yield run
        run = { date, at }
      }
      if (run) yield run
    },
  }
}
