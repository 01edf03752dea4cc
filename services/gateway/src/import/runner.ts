import { setTimeout as wait } from 'node:timers/promises'
import { TokenService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { AppError, type BusinessDate, companyScope, newId } from '@saleswright/kernel'
import { ownToken, type Part, type Platform } from '@saleswright/service'
import type { Repository } from '@saleswright/store'
import type { Blobs } from '../file/blobs.ts'
import { callsOf } from './calls.ts'
import { csvRows } from './csv-rows.ts'
import { failureOf, ImportFailed } from './failure.ts'
import type { Finding, StoredFinding } from './finding.ts'
import { begin, beginAt, type Failure, fail, finish, type Import, note } from './import.ts'
import { rehearsalOf } from './rehearsal.ts'
import type { Profile, Run } from './run.ts'
import { type Tally, tallyOf } from './tally.ts'

export type RunnerOptions = {
  readonly platform: Platform
  readonly imports: Repository<Import>
  readonly findings: Repository<StoredFinding>
  readonly blobs: Blobs
  readonly profiles: ReadonlyMap<string, Profile>
}

export type Runner = Part & { readonly wake: () => void }

const LEASE = 'imports'
const POLL_MS = 2_000
const NOTE_MS = 1_000

/** Works off imports one after the other, on whichever replica has the lease. What was cut off is gone through again from its first row. */
export const importRunner = (options: RunnerOptions): Runner => {
  const { platform } = options
  const stop = new AbortController()
  let woken = new AbortController()
  let working = Promise.resolve()

  const rest = async (): Promise<void> => {
    await wait(POLL_MS, undefined, { signal: AbortSignal.any([stop.signal, woken.signal]) }).catch(() => {})
    woken = new AbortController()
  }
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        if (!(await oneImport(options, stop.signal))) await rest()
      } catch (error) {
        if (!stop.signal.aborted) platform.log.error({ err: error }, 'an import was cut off; it will be begun again')
        await rest()
      }
    }
  }
  return {
    name: 'imports',
    wake: () => woken.abort(),
    start: async () => {
      working = work()
    },
    stop: async () => {
      stop.abort()
      await working
    },
  }
}

/** Goes through the oldest that is not done, of any company; false where there is none, or another replica is about it. */
const oneImport = async (options: RunnerOptions, stop: AbortSignal): Promise<boolean> => {
  const { platform, imports } = options
  const oldest = () =>
    platform.store.connection
      .collection<{ _id: string; companyId: string }>('imports')
      .findOne({ status: { $in: ['running', 'queued'] } }, { sort: { _id: 1 } })
  if (!(await oldest())) return false
  const done = await platform.alone(LEASE, async (lost) => {
    // Another replica may have ended it before this one had the lease.
    const next = await oldest()
    if (!next) return
    await go(options, await imports.get(companyScope(next.companyId), next._id), AbortSignal.any([stop, lost]))
  })
  return done !== undefined
}

const go = async (options: RunnerOptions, queued: Import, signal: AbortSignal): Promise<void> => {
  const { platform, profiles } = options
  const tally = tallyOf()
  await forgetFindings(options, queued)
  const record = await keep(options, queued, begin, [])
  const profile = profiles.get(record.profile)
  const outcome = profile
    ? await followed(options, runOf(options, record, { profile, tally, signal }), profile)
    : new AppError('invalid', 'unknown_profile', { profile: record.profile })
  if (outcome instanceof Cancelled) return
  if (outcome !== undefined && (signal.aborted || isPassing(outcome))) throw outcome
  const at = platform.clock.now()
  const failure = outcome === undefined ? undefined : failureOf(outcome)
  if (failure) tellFailure(options, record, { outcome, failure })
  const last = (current: Import): Import =>
    failure ? fail(current, { failure, counts: tally.counts() }, at) : finish(current, tally.counts(), at)
  await keep(options, record, last, tally.takeFindings())
}

type Failing = { readonly outcome: unknown; readonly failure: Failure }

const tellFailure = ({ platform: { log } }: RunnerOptions, { id }: Import, { outcome, failure }: Failing): void => {
  if (outcome instanceof AppError || outcome instanceof ImportFailed) {
    log.warn({ code: failure.code, importId: id }, 'an import was ended')
  } else log.error({ err: outcome, importId: id }, 'an import failed')
}

/** Somebody has cancelled it: it has ended already. */
class Cancelled extends Error {}

/**
 * Runs the profile and writes down every second how far it is; gives the error that ended it, if one did. What cannot be written
 * down cuts it off, for the findings of that second would be missing.
 */
const followed = async (options: RunnerOptions, run: Run, profile: Profile): Promise<unknown> => {
  const [ended, cut] = [new AbortController(), new AbortController()]
  const noted = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await wait(NOTE_MS, undefined, { signal: ended.signal }).catch(() => {})
      const { tally, record } = run
      const { status } = await keep(options, record, (now) => note(now, tally.counts()), tally.takeFindings())
      if (status === 'cancelled') throw new Cancelled('the import was cancelled')
    }
  }
  const outcomes = await Promise.allSettled([
    noted().catch((error: unknown) => {
      cut.abort(error)
      throw error
    }),
    profile.run({ ...run, signal: AbortSignal.any([run.signal, cut.signal]) }).finally(() => ended.abort()),
  ])
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  return failed && (failed.reason ?? new Error('nothing was thrown'))
}

const isPassing = (error: unknown): boolean => error instanceof AppError && error.kind === 'unavailable'

type Going = { readonly profile: Profile; readonly tally: Tally; readonly signal: AbortSignal }

const runOf = (options: RunnerOptions, record: Import, { profile, tally, signal }: Going): Run => {
  const { platform, blobs } = options
  const { companyId, requesterId: personId, id, dryRun } = record
  const tokens = platform.client(TokenService)
  const fileIds = new Map(record.files.map(({ name, fileId }) => [name, fileId]))
  const calls = callsOf(platform)
  return {
    record,
    profile: profile.name,
    columns: profile.columns,
    calls: dryRun ? rehearsalOf(calls) : calls,
    tally,
    signal,
    now: () => platform.clock.now(),
    report: (fault) => platform.log.error({ err: fault, importId: id }, 'a row brought out a fault'),
    token: ownToken(() => tokens.issueJobToken({ companyId, personId, purpose: `imports/${id}` }), platform.clock),
    beginning: (found) => beginning(options, record, found),
    rows: (file) => csvRows(blobs.read(fileIds.get(file) ?? ''), profile.columns[file] ?? []),
  }
}

/** What an earlier import of its kind has made goes on from where that one began. */
const beginning = async (options: RunnerOptions, record: Import, found: BusinessDate): Promise<BusinessDate> => {
  const { platform, imports } = options
  const { companyId, profile } = record
  const begun = { profile, beginning: { $exists: true } }
  const [first] = await platform.store.transact(platform.cause(), (tx) =>
    tx.findBy(imports, companyScope(companyId), begun, { sort: ['_id'], limit: 1 }),
  )
  if (first?.beginning !== undefined) return first.beginning
  if (!record.dryRun) await keep(options, record, (current) => beginAt(current, found), [])
  return found
}

const FORGOTTEN_AT_ONCE = 500

/** What was found before it was cut off is found again. */
const forgetFindings = async ({ platform, findings }: RunnerOptions, { id, companyId }: Import): Promise<void> => {
  const forget = () =>
    platform.store.transact(platform.cause(), async (tx) => {
      const old = await tx.findBy(findings, companyScope(companyId), { importId: id }, { limit: FORGOTTEN_AT_ONCE })
      for (const finding of old) tx.remove(findings, finding)
      return old.length
    })
  while ((await forget()) > 0);
}

const keep = (
  { platform, imports, findings }: RunnerOptions,
  { id, companyId, ownerId }: Import,
  change: (current: Import) => Import,
  found: readonly Finding[],
): Promise<Import> =>
  platform.store.transact(platform.cause(), async (tx) => {
    const current = await tx.get(imports, companyScope(companyId), id)
    const own = { version: 0, companyId, ...(ownerId && { ownerId }), importId: id }
    for (const finding of found) tx.put(findings, { id: newId(), ...own, ...finding })
    return tx.put(imports, change(current))
  })
