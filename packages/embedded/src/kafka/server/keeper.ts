import { diskFailure } from '../../disk/failure.ts'
import type { Events, Health } from '../../disk/health.ts'
import { createEngine, type EngineOptions } from '../engine/engine.ts'
import { ERROR, Refused } from '../errors.ts'
import type { Disk } from '../log/turn.ts'

const PROBE_MS = 1000

/** What is known of the disk. */
const createState = (events: Events) => {
  let state: Health | 'ended' = 'ok'
  const become = (next: Health): void => {
    if (next !== state) events.health(next)
    state = next
  }
  return {
    isFull: () => state === 'read-only',
    isEnded: () => state === 'ended',
    become,
    end(error: unknown) {
      state = 'ended'
      events.broken(error instanceof Error ? error : new Error(String(error)))
    },
    check() {
      if (state !== 'ok') throw new Refused(ERROR.storage, 'no disk space is left')
    },
  }
}

/**
 * The engine as the disk lets it be. One whose turn was lost is opened again from its file: what was written in memory but not on the
 * disk is forgotten with it. While the disk is full the new one only reads; after a broken disk there is none.
 */
export const createKeeper = (options: EngineOptions, hangUp: () => void, events: Events) => {
  const state = createState(events)
  const reopen = (): void => {
    try {
      engine.close()
      engine = createEngine(options, disk)
    } catch (fault) {
      state.end(fault)
    }
  }
  const lost = (error: unknown): void => {
    hangUp()
    const failure = diskFailure(error)
    if (state.isEnded()) return
    if (failure === 'broken') {
      state.end(error)
      return
    }
    if (failure === 'full') state.become('read-only')
    else process.emitWarning(`the log could not be written: ${String(error)}`)
    reopen()
  }
  const disk: Disk = { lost, check: () => state.check() }
  const probe = (): void => {
    if (state.isEnded()) return
    try {
      engine.file.scrub()
      if (state.isFull()) engine.file.tryRoom()
      state.become('ok')
    } catch (error) {
      if (diskFailure(error) !== 'full') lost(error)
    }
  }
  let engine = createEngine(options, disk)
  const probing = setInterval(probe, PROBE_MS).unref()
  return {
    engine: () => engine,
    close() {
      clearInterval(probing)
      // After a broken disk not even closing the file is safe.
      if (!state.isEnded()) engine.close()
    },
  }
}
