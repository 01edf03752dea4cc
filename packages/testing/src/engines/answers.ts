import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

const SILENCE_MS = 3_000
const REFUSED_PAUSE_MS = 100

/** Whether somebody takes connections at `host:port`, or at the path of a socket. */
export const answers = async (address: string): Promise<boolean> => {
  const [host = '', port = ''] = address.split(':')
  const taken = await new Promise<boolean>((done) => {
    const socket = connect(address.startsWith('/') ? { path: address } : { host, port: Number(port) })
    socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('silent')))
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
  })
  if (!taken) await wait(REFUSED_PAUSE_MS)
  return taken
}
