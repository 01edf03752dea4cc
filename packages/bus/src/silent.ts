import { connect, type Socket } from 'node:net'

type Target = { readonly host: string; readonly port: number; readonly onConnect: () => void }
export type SocketFactory = (target: Target) => Socket

const overTcp: SocketFactory = ({ host, port, onConnect }) => connect({ host, port, keepAlive: true }, onConnect)

/**
 * Sockets that break when the other side is silent for so long while an answer is due: a machine that vanished closes nothing, and
 * kafkajs would ask again and again over the same dead connection. Only for protocols that answer every request.
 */
export const unlessSilent =
  (open: SocketFactory = overTcp, silentMs: number): SocketFactory =>
  (target) => {
    const socket = open(target)
    let waiting: NodeJS.Timeout | undefined
    const heard = (): void => {
      clearTimeout(waiting)
      waiting = undefined
    }
    const broken = (): void => void socket.destroy(new Error(`no answer within ${silentMs} ms`))
    const write = socket.write.bind(socket)
    socket.write = ((...args: Parameters<Socket['write']>) => {
      waiting ??= setTimeout(broken, silentMs).unref()
      return write(...args)
    }) as Socket['write']
    socket.on('data', heard).on('close', heard)
    return socket
  }
