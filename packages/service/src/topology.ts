import type { DescService } from '@bufbuild/protobuf'
import { unavailable } from '@saleswright/kernel'
import { connect, type Dispatcher, inProcess, type Transport } from '@saleswright/rpc'
import { type Context, contextOfService } from './contexts.ts'

export type Addresses = Partial<Readonly<Record<Context, string>>>

/** Which way each context is reached from this process. */
export type Topology = {
  readonly to: (context: Context) => Transport
  readonly toOwnerOf: (service: Pick<DescService, 'typeName'>) => Transport
  readonly close: () => Promise<void>
}

/** In process where the context is hosted here, over gRPC where an address is known; otherwise every call is `service_unavailable`. */
export const topology = (hosted: ReadonlySet<Context>, remote: Addresses, dispatcher: () => Dispatcher): Topology => {
  const local = inProcess(dispatcher)
  const channels = new Map<string, Transport>()

  const channel = (address: string): Transport => {
    const open = channels.get(address) ?? connect(address)
    channels.set(address, open)
    return open
  }
  const to = (context: Context): Transport => {
    const address = remote[context]
    if (hosted.has(context)) return local
    return address ? channel(address) : nowhere(context)
  }
  return {
    to,
    toOwnerOf: (service) => to(contextOfService(service)),
    close: async () => {
      for (const open of channels.values()) await open.close()
      channels.clear()
    },
  }
}

const nowhere = (context: Context): Transport => ({
  unary: async () => {
    throw unavailable('service_unavailable', 1, {
      cause: new Error(`${context} is neither hosted here nor has an address`),
    })
  },
  close: async () => {},
})
