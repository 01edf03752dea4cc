import { once } from 'node:events'
import { rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'

const SOCKET = /^unix:(?:\/\/)?(?=.)/

/** Who was killed leaves the file of its socket behind, and nobody can listen there. */
const answers = async (path: string): Promise<boolean> => {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ECONNREFUSED' || code === 'ENOENT') return false
    throw error
  } finally {
    socket.destroy()
  }
}

/** Takes a socket away on which nobody answers; one that is answered stays, as does everything that is no socket. */
export const freeSocket = async (address: string): Promise<void> => {
  if (!SOCKET.test(address)) return
  const path = address.replace(SOCKET, '')
  if (!statSync(path, { throwIfNoEntry: false })?.isSocket()) return
  if (!(await answers(path))) rmSync(path, { force: true })
}
