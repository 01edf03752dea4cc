import type { GenService, GenServiceMethods } from '@bufbuild/protobuf/codegenv2'
import type { Log, Reaction } from '@saleswright/bus'
import type { BusinessDate, Cause, Clock } from '@saleswright/kernel'
import type { PolicyBook } from '@saleswright/policy'
import type { Bound, Client } from '@saleswright/rpc'
import type { Migration, Store } from '@saleswright/store'
import type { Alone } from './alone.ts'
import type { Context } from './contexts.ts'
import type { Part } from './parts.ts'

/** What a service is given; it reads no variable and opens no connection of its own. */
export type Platform = {
  readonly name: Context
  readonly store: Store
  readonly alone: Alone
  /**
   * Another service by its contract: in process when it is hosted here, over gRPC otherwise; under this service's own token
   * unless a call is forwarded. `at` names the context for what all of them serve, such as their parked events.
   */
  readonly client: <M extends GenServiceMethods>(service: GenService<M>, at?: Context) => Client<GenService<M>>
  readonly clock: Clock
  readonly log: Log
  /** For `store.transact` outside of calls and reactions, as in jobs: the service itself, now, under a new correlation id. */
  readonly cause: () => Cause
  /** Who signs tokens here: the `iss` that every service asks for. */
  readonly issuer: string
  /** 32 bytes for this service alone, derived from the installation's key: to seal what it stores. */
  readonly secret: Uint8Array
  /** Whether a service has shown the secret that `IssueServiceToken` asks for. */
  readonly provesService: (service: string, shown: string) => boolean
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

export type Built = {
  readonly bounds: readonly Bound[]
  /** Every mapping of the service's store: no two may share a collection. */
  readonly mappings: readonly { readonly name: string; readonly collection: string }[]
  readonly reactions?: readonly Reaction[]
  readonly jobs?: readonly Job[]
  readonly migrations?: readonly Migration[]
  /** The settings of companies that the service obeys; its context is among `POLICY_OWNERS`. */
  readonly policies?: PolicyBook
  /** What else runs for the service: started last, stopped first. */
  readonly parts?: readonly Part[]
}

export type ServiceDefinition = {
  readonly name: Context
  /** Reads what the service takes from `Platform.config`; throws where something of it is bad. */
  readonly settings?: (config: Platform['config']) => unknown
  readonly build: (platform: Platform) => Built
}
