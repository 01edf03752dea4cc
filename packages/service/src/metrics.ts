import { methodName } from '@saleswright/contracts'
import type { Observation } from '@saleswright/rpc'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

type Gaps = {
  readonly group: string
  readonly waiting: number
  readonly found: { readonly gaps: number; readonly events: number }
}

/** What is measured when somebody asks. Ages in seconds; undefined leaves the line out. */
export type Sources = {
  readonly oldestUnsentAges: () => Promise<readonly { readonly context: string; readonly seconds: number }[]>
  readonly consumerLags: () => Promise<readonly { readonly group: string; readonly events: number }[]>
  readonly parked: () => Promise<readonly { readonly group: string; readonly events: number }[]>
  /** Of each group the partitions that stand still at a gap, and what was found since the process began. */
  readonly gaps: () => readonly Gaps[]
}

/** A request that the HTTP edge has answered. `route` is the pattern of the path, so that labels stay few; empty for an unknown path. */
export type AnsweredRequest = {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly durationMs: number
}

export type Metrics = {
  readonly registry: Registry
  readonly observe: (call: Observation) => void
  readonly observeHttp: (request: AnsweredRequest) => void
  /** A measure of what runs beside the services, read whenever somebody asks. */
  readonly gauge: (name: string, help: string, read: () => number) => void
  /** Counts what happened beside the services. */
  readonly counter: (name: string, help: string) => () => void
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** The measures of one host, in a registry of its own. */
export const hostMetrics = (sources: Sources): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  const rpc = new Histogram({
    name: 'saleswright_rpc_seconds',
    help: 'How long calls took, by method and by the code of the refusal; "ok" where there was none',
    labelNames: ['method', 'code'],
    buckets: BUCKETS,
    registers,
  })
  const http = new Histogram({
    name: 'saleswright_http_seconds',
    help: 'How long HTTP requests took, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  })
  new Gauge({
    name: 'saleswright_oldest_unsent_event_seconds',
    help: 'Age of the oldest event that is not published yet; 0 when there is none',
    labelNames: ['context'],
    registers,
    async collect() {
      for (const { context, seconds } of await sources.oldestUnsentAges()) this.set({ context }, seconds)
    },
  })
  gaugeByGroup(
    registers,
    'saleswright_consumer_lag_events',
    'Events that a group has not reached yet',
    sources.consumerLags,
  )
  gaugeByGroup(
    registers,
    'saleswright_parked_events',
    'Events that a group could not apply, and those behind them',
    sources.parked,
  )
  gapMeasures(registers, sources)
  return {
    registry,
    observe: ({ method, code, durationMs }) =>
      rpc.observe({ method: methodName(method), code: code || 'ok' }, durationMs / 1_000),
    observeHttp: ({ method, route, status, durationMs }) =>
      http.observe({ method, route: route || 'unknown', status }, durationMs / 1_000),
    ...ownMeasures(registers),
  }
}

/** What a bus has lost of what was published, as far as consumers found it. */
const gapMeasures = (registers: Registry[], { gaps }: Sources): void => {
  const count = (name: string, help: string, value: (of: Gaps) => number): void => {
    new Counter({
      name,
      help,
      labelNames: ['group'],
      registers,
      collect() {
        this.reset()
        for (const of of gaps()) this.inc({ group: of.group }, value(of))
      },
    })
  }
  gaugeByGroup(registers, 'saleswright_consumer_gaps', 'Partitions of a group that stand still at a gap', async () =>
    gaps().map(({ group, waiting }) => ({ group, events: waiting })),
  )
  count('saleswright_consumer_gaps_total', 'Gaps between the log of an owner and the bus', ({ found }) => found.gaps)
  count(
    'saleswright_consumer_caught_up_events_total',
    'Events read from their owner to close gaps',
    ({ found }) => found.events,
  )
}

const ownMeasures = (registers: Registry[]): Pick<Metrics, 'gauge' | 'counter'> => ({
  gauge: (name, help, read) =>
    void new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    }),
  counter: (name, help) => {
    const counter = new Counter({ name, help, registers })
    return () => counter.inc()
  },
})

const gaugeByGroup = (registers: Registry[], name: string, help: string, read: Sources['parked']): Gauge =>
  new Gauge({
    name,
    help,
    labelNames: ['group'],
    registers,
    async collect() {
      this.reset()
      for (const { group, events } of await read()) this.set({ group }, events)
    },
  })
