/** Preloaded into every process that `npm run processes` starts: when that program is gone, however it ended, nobody would stop them. */
process.on('disconnect', () => void process.kill(process.pid, 'SIGTERM'))
// The channel alone shall not keep a process that has nothing left to do.
process.channel?.unref()
