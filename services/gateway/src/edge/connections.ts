import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from './addresses.ts'
import type { Budget } from './budget.ts'

type Bounds = {
  readonly connections: Budget
  /** Everybody comes through these: they are bounded together, and not each. */
  readonly isProxy: (address: string) => boolean
}

/** A connection that is one too many is closed before it is listened to; when there is no room left, those without a request go first. */
export const boundConnections = (server: Server, { connections, isProxy }: Bounds): void => {
  let proxied = 0
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    // Each of them is a holder of its own, so that only the bound of all holds.
    proxied += 1
    const holder = isProxy(address) ? `proxied ${proxied}` : networkOf(address)
    const taken = connections.take(holder, 1)
    if (typeof taken === 'function') return void socket.once('close', taken)
    if (taken === 'inAll') server.closeIdleConnections()
    socket.destroy()
  })
}
