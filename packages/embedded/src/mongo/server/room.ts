import { type DiskFailure, diskFailure } from '../../disk/failure.ts'
import type { Events, Health } from '../../disk/health.ts'
import { outOfDiskSpace } from '../errors.ts'
import type { SqliteFile } from '../storage/sqlite-file.ts'

/** What is known of the disk. */
export interface Room {
  /** Refuses a write before it begins, while there is no room for it. */
  check: () => void
  /** Takes notice of an error that a write or a commit ended with. */
  failed: (error: unknown) => DiskFailure
  /** Looks whether a full disk has room again. */
  probe: () => void
  health: () => Health
  isBroken: () => boolean
}

export const createRoom = (file: SqliteFile, events: Events): Room => {
  let health: Health = 'ok'
  let broken = false
  const become = (next: Health): void => {
    if (next === health) return
    health = next
    events.health(next)
  }
  return {
    health: () => health,
    isBroken: () => broken,
    check() {
      if (broken) throw new Error('the engine has ended')
      if (health !== 'ok') throw outOfDiskSpace()
    },
    failed(error) {
      // A commit that failed for any other reason may be on the disk or not.
      if (diskFailure(error) === 'full') {
        become('read-only')
        return 'full'
      }
      broken = true
      events.broken(error instanceof Error ? error : new Error(String(error)))
      return 'broken'
    },
    probe() {
      if (health === 'ok' || broken) return
      try {
        file.tryRoom()
        become('ok')
      } catch (error) {
        if (diskFailure(error) !== 'full') throw error
      }
    },
  }
}
