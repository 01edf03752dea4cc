import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs a program to its end and gives its exit code. Whoever ends this one ends that, too: nobody else would. */
export const ran = async (program: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> => {
  const child = spawn(program, args, { stdio: 'inherit', ...options })
  const pass = (): void => {
    child.kill('SIGTERM')
    process.exitCode = 1
  }
  process.once('SIGTERM', pass)
  const [code] = (await once(child, 'exit')) as [number | null]
  process.off('SIGTERM', pass)
  if (process.exitCode) process.exit()
  return code ?? 1
}
