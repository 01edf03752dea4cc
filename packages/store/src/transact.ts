import { AppError, type Cause, conflict } from '@saleswright/kernel'
import { type Attempt, openAttempt, type Workplace } from './attempt.ts'
import { busy, duplicateOf, isUnknownCommit, mayBeTriedAgain, Overtaken, PRIMARY, told } from './faults.ts'
import { pause } from './pause.ts'
import type { Plan } from './plan.ts'
import type { Tx } from './ports.ts'
import { createGrip } from './queues.ts'
import type { Write } from './staging.ts'

const ATTEMPTS = 9

export type Run = <R>(
  cause: Cause,
  work: (tx: Tx) => Promise<R>,
  around?: {
    /** Begun with each attempt, the first of which is 1, and waited for beside its reads. */
    readonly gate?: (attempt: number) => Promise<void>
    /** Ids that the work looks up one after the other. */
    readonly together?: ReadonlySet<string>
    /** Written with what the work staged, before it. */
    readonly first?: (result: R, attempt: Attempt) => readonly Write[]
    /** Hears the id of the last event once it is stored. */
    readonly told?: ((eventId: string) => void) | undefined
    /** Called when everything is sent and nothing committed, and after the commit: tests stop here. */
    readonly failPoint?: FailPoint | undefined
  },
) => Promise<R>

export type FailPoint = (name: 'command.written' | 'command.committed') => Promise<void>

const open = () => Promise.resolve()
const NONE: ReadonlySet<string> = new Set()

/** A promise that is waited for later, or never, and may fail meanwhile. */
const begun = (gate: () => Promise<void>): (() => Promise<void>) => {
  const waiting = gate()
  waiting.catch(() => undefined)
  return () => waiting
}

/** What a fault of an attempt is: `Overtaken` to try again, or what the caller gets. */
const judge = (error: unknown, attempt: number, plans: ReadonlyMap<string, Plan>): unknown => {
  if (mayBeTriedAgain(error)) return error
  if (isUnknownCommit(error)) return busy(error)
  const duplicate = duplicateOf(error)
  const plan = duplicate && plans.get(duplicate.collection)
  // The store's own rows: an event of this version, or this command's mark, was stored by somebody faster.
  if (duplicate && !plan) return new Overtaken(duplicate.collection)
  // Read again, it is found, unless it is another company's. Work that does not look has no rule against a second time: a fault of ours,
  // and no answer of a rule.
  if (duplicate?.index === PRIMARY && attempt === 1) return new Overtaken(duplicate.collection)
  const code = duplicate && plan?.uniques.get(duplicate.index)
  return code === undefined ? told(error) : conflict(code)
}

/** What was taken for true may be why an attempt failed: then it is made again with what is stored. */
const doubted = ({ recent }: Workplace, attempt: Attempt, verdict: unknown): unknown => {
  if (!attempt.trusted()) return verdict
  if (verdict instanceof Overtaken && !verdict.known) recent.doubt()
  return verdict instanceof AppError && verdict.kind !== 'unavailable' ? new Overtaken(verdict.code, true) : verdict
}

/**
 * Work → one write of everything → commit, again from the work's reads when somebody else was faster. The first attempt runs
 * beside others, with what this process stored last; later ones read anew, and wait in line for the records that they will write.
 */
export const createRun = (workplace: Workplace, plans: ReadonlyMap<string, Plan>, committed: () => void): Run => {
  return async (cause, work, around = {}) => {
    const { gate = open, together = NONE, first = () => [], told: tell, failPoint = open } = around
    const grip = createGrip(workplace.queues)
    try {
      for (let tried = 1; ; tried++) {
        const attempt = openAttempt(workplace, cause, grip, {
          gate: begun(() => gate(tried)),
          together,
          trusting: tried === 1,
        })
        try {
          const result = await work(attempt.tx)
          cause.signal?.throwIfAborted()
          await attempt.finish(first(result, attempt), () => failPoint('command.written'))
          await failPoint('command.committed')
          const eventId = attempt.lastEvent()
          if (eventId !== undefined) {
            tell?.(eventId)
            committed()
          }
          return result
        } catch (error) {
          const keys = attempt.keys()
          await attempt.abort()
          const verdict = doubted(workplace, attempt, judge(error, tried, plans))
          if (!mayBeTriedAgain(verdict)) throw verdict
          if (tried === ATTEMPTS) throw busy(verdict)
          workplace.recent.forget(keys)
          if (!(verdict instanceof Overtaken && verdict.known)) await pause(tried)
          await grip.regroup(keys)
        }
      }
    } finally {
      grip.release()
    }
  }
}
