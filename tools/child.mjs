import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const windows = process.platform === 'win32'
/** Loaded before our own programs: they end by themselves when this one was killed and cannot tell them. */
const WITH_PARENT = new URL('../services/standalone/src/processes/with-parent.ts', import.meta.url).href

/** Runs a program to its end; tells its exit code and what it printed. A Ctrl-C reaches both, and the child decides. */
export const run = (program, args, env, { quiet = false } = {}) =>
  new Promise((done) => {
    const isOurs = program === 'node'
    const words = isOurs ? ['--import', WITH_PARENT, ...args] : args
    const stdio = quiet ? ['inherit', 'pipe', 'pipe'] : ['inherit', 'inherit', 'inherit', ...(isOurs ? ['ipc'] : [])]
    const child = spawn(program, words, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio,
      shell: windows && !quiet && !isOurs,
    })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        printed += chunk
        process.stderr.write(chunk)
      })
    }
    const stopChild = () => child.kill('SIGTERM')
    process.on('SIGINT', () => {})
    process.on('SIGTERM', stopChild)
    // npm passes a signal only to its shell, and the shell dies without passing it on: then we are an orphan.
    const parent = process.ppid
    setInterval(() => process.ppid !== parent && stopChild(), 500).unref()
    child.on('error', (error) => done({ code: 1, printed: String(error) }))
    child.on('close', (code, signal) => done({ code: signal ? 1 : code, printed }))
  })
