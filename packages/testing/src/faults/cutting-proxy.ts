import { connect, createServer, type Socket } from 'node:net'

/** A way to the platform that loses answers: the request arrives, and its connection breaks before the reply does. */
export type CuttingProxy = {
  readonly address: string
  /** How many answers were lost. */
  readonly cuts: () => number
  readonly close: () => Promise<void>
}

export const cuttingProxy = async (target: string): Promise<CuttingProxy> => {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let cuts = 0
  const server = createServer((client) => {
    const beyond = connect(Number(port), hostname)
    open.add(client).add(beyond)
    client.pipe(beyond)
    beyond.once('data', () => {
      cuts++
      client.destroy()
      beyond.destroy()
    })
    for (const socket of [client, beyond]) socket.on('error', () => {}).on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the proxy has no port')
  return {
    address: `http://127.0.0.1:${bound.port}`,
    cuts: () => cuts,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
