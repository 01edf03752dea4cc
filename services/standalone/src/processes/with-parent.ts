import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

/**
 * Preloaded into every process that `npm run processes` starts, and into every program of ours that npm starts: when the one that started
 * it is gone, however it ended, nobody would stop it.
 */
process.on('disconnect', () => {
  // Their output went there too, and the logger would try for ever to be rid of its last line.
  for (const output of [1, 2]) {
    closeSync(output)
    openSync(devNull, 'w')
  }
  process.kill(process.pid, 'SIGTERM')
})
// The channel alone shall not keep a process that has nothing left to do.
process.channel?.unref()
