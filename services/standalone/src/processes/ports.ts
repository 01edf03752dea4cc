import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** The port itself where it is free, or a free one for 0; EADDRINUSE where somebody has it. */
export const freePort = async (wanted: number, host = '127.0.0.1'): Promise<number> => {
  const server = createServer()
  server.listen(wanted, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
