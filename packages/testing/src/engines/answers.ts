import { connect } from 'node:net'

const SILENCE_MS = 3_000

/** Whether somebody takes connections at `host:port`, or at the path of a socket. */
export const answers = (address: string): Promise<boolean> => {
  const [host = '', port = ''] = address.split(':')
  return new Promise((done) => {
    const socket = connect(address.startsWith('/') ? { path: address } : { host, port: Number(port) })
    socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('silent')))
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
  })
}
