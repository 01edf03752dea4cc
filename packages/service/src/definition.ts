import type { GenService, GenServiceMethods } from '@bufbuild/protobuf/codegenv2'
import type { Log, Reaction } from '@saleswright/bus'
import type { BusinessDate, Clock } from '@saleswright/kernel'
import type { Bound, Client } from '@saleswright/rpc'
import type { Store } from '@saleswright/store'

/** The services of the platform; the name is the database, the topic and the folder under `proto/saleswright`. */
export type Context =
  | 'organization'
  | 'customers'
  | 'orders'
  | 'after-sales'
  | 'performance'
  | 'training'
  | 'incentives'
  | 'reporting'
  | 'gateway'

/** What a service is given; it reads no variable and opens no connection of its own. */
export type Platform = {
  readonly name: Context
  readonly store: Store
  /** Another service by its contract: in process when it is hosted here, over gRPC otherwise; under this service's own token unless a call is forwarded. */
  readonly client: <S extends GenService<GenServiceMethods>>(service: S) => Client<S>
  readonly clock: Clock
  readonly log: Log
  /** 32 bytes for this service alone, derived from the installation's key. */
  readonly secret: Uint8Array
  /** Stops here while a test says so; without tests it does nothing. */
  readonly failPoint: (name: string) => Promise<void>
  /** Settings of this service by the names of their variables; the service says in its README which it knows. */
  readonly config: Readonly<Record<string, string | undefined>>
}

/** Work by the calendar, under a lease: once for each date, on whichever replica is first; missed dates are caught up in order. */
export type Job = {
  readonly name: string
  /** Five fields, "30 2 * * *". */
  readonly cron: string
  /** "Asia/Shanghai": the schedule and the business date go by it. */
  readonly zone: string
  /** Must bear being run again for the same date: a crash may come between its end and the note of it. */
  readonly run: (date: BusinessDate) => Promise<void>
}

/** A change of what is stored, run once before the service answers, in the order of the list. */
export type Migration = { readonly name: string; readonly run: () => Promise<void> }

export type Built = {
  readonly bounds: readonly Bound[]
  /** Every mapping of the service's store: no two may share a collection. */
  readonly mappings: readonly { readonly name: string; readonly collection: string }[]
  readonly reactions?: readonly Reaction[]
  readonly jobs?: readonly Job[]
  readonly migrations?: readonly Migration[]
}

export type ServiceDefinition = { readonly name: Context; readonly build: (platform: Platform) => Built }
