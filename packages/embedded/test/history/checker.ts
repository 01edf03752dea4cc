/** One step of a transaction: a value appended to the list of a key, or the list as it was read. */
export type Step =
  | { readonly append: number; readonly key: string }
  | { readonly read: readonly number[]; readonly key: string }

/** A transaction as its client knows it; each appends values that nobody else does. Times are of one clock that only rises. */
export type Run = {
  readonly id: number
  readonly steps: readonly Step[]
  /** `unknown`: the answer to its commit was lost. */
  readonly outcome: 'committed' | 'aborted' | 'unknown'
  readonly began: number
  readonly ended: number
}

/** What must not be, by the names of Adya and of Elle; snapshot isolation allows what is not named here. */
export type Anomaly = {
  readonly kind:
    | 'lost append'
    | 'duplicate'
    | 'incompatible order'
    | 'aborted read'
    | 'intermediate read'
    | 'stale read'
    | 'own write missed'
    | 'G0'
    | 'G1c'
    | 'G-single'
  readonly what: string
}

type Kind = 'ww' | 'wr' | 'rw'
type Edge = { readonly from: number; readonly to: number; readonly kind: Kind }

const isRead = (step: Step): step is Extract<Step, { read: unknown }> => 'read' in step

const writersOf = (runs: readonly Run[]): ReadonlyMap<number, Run> =>
  new Map(runs.flatMap((run) => run.steps.flatMap((step) => (isRead(step) ? [] : [[step.append, run] as const]))))

/** What others had appended when a run read: its own appends stand behind. */
const foreign = (run: Run, { read, key }: Extract<Step, { read: unknown }>): readonly number[] => {
  const own = new Set(run.steps.flatMap((step) => (!isRead(step) && step.key === key ? [step.append] : [])))
  return read.filter((value) => !own.has(value))
}

/**
 * The order in which the values of each key were appended: the longest list that was read. A transaction that did not commit reads
 * its own appends, too, which nobody else ever sees.
 */
const ordersOf = (runs: readonly Run[], final: ReadonlyMap<string, readonly number[]>) => {
  const orders = new Map<string, readonly number[]>(final)
  for (const run of runs)
    for (const step of run.steps.filter(isRead)) {
      const read = run.outcome === 'committed' ? step.read : foreign(run, step)
      if (read.length > (orders.get(step.key)?.length ?? 0)) orders.set(step.key, read)
    }
  return orders
}

const isPrefix = (list: readonly number[], of: readonly number[]): boolean =>
  list.every((value, index) => value === of[index])

/** What a run appended to a key, in its order. */
const appendsOf = ({ steps }: Run, key: string): readonly number[] =>
  steps.flatMap((step) => (!isRead(step) && step.key === key ? [step.append] : []))

type Known = {
  readonly runs: readonly Run[]
  readonly writers: ReadonlyMap<number, Run>
  readonly orders: ReadonlyMap<string, readonly number[]>
  readonly final: ReadonlyMap<string, readonly number[]>
}

const lostAppends = ({ runs, final }: Known): Anomaly[] =>
  runs
    .filter(({ outcome }) => outcome === 'committed')
    .flatMap(({ id, steps }) => steps.map((step) => ({ id, step })))
    .flatMap(({ id, step }) =>
      isRead(step) || final.get(step.key)?.includes(step.append)
        ? []
        : [{ kind: 'lost append', what: `${step.append} of run ${id} is not in ${step.key}` } as const],
    )

const inLists = ({ orders, writers }: Known): Anomaly[] =>
  [...orders].flatMap(([key, list]) => {
    const repeated = list.filter((value, index) => list.indexOf(value) !== index)
    const aborted = list.filter((value) => (writers.get(value)?.outcome ?? 'aborted') === 'aborted')
    return [
      ...repeated.map((value) => ({ kind: 'duplicate', what: `${value} is twice in ${key}` }) as const),
      ...aborted.map((value) => ({ kind: 'aborted read', what: `${value} of ${key} was never committed` }) as const),
    ]
  })

/** What a read must have seen of a run that was over before the reader began. */
const isStale = (run: Run, key: string, seen: ReadonlySet<number>, { writers, orders }: Known): number | undefined =>
  orders.get(key)?.find((value) => {
    const writer = writers.get(value)
    return writer?.outcome === 'committed' && writer.id !== run.id && writer.ended < run.began && !seen.has(value)
  })

const ownMissed = (run: Run, at: number, { key, read }: Extract<Step, { read: unknown }>): boolean => {
  const before = run.steps.slice(0, at).flatMap((step) => (!isRead(step) && step.key === key ? [step.append] : []))
  return before.length > 0 && !isPrefix(before, read.slice(-before.length))
}

const inRead = (run: Run, at: number, step: Extract<Step, { read: unknown }>, known: Known): Anomaly[] => {
  const { key } = step
  const others = foreign(run, step)
  const order = (known.orders.get(key) ?? []).filter((value) => known.writers.get(value)?.id !== run.id)
  const found: Anomaly[] = []
  const where = `run ${run.id} read ${key}`
  if (!isPrefix(others, order)) found.push({ kind: 'incompatible order', what: `${where} as ${others.join()}` })
  const last = others.at(-1)
  const writer = last === undefined ? undefined : known.writers.get(last)
  if (writer && appendsOf(writer, key).at(-1) !== last)
    found.push({ kind: 'intermediate read', what: `${where} up to ${last}, in the middle of run ${writer.id}` })
  const missed = isStale(run, key, new Set(others), known)
  if (missed !== undefined)
    found.push({ kind: 'stale read', what: `${where} without ${missed}, which was acknowledged before` })
  if (ownMissed(run, at, step)) found.push({ kind: 'own write missed', what: where })
  return found
}

const inReads = (known: Known): Anomaly[] =>
  known.runs
    .filter(({ outcome }) => outcome !== 'aborted')
    .flatMap((run) => run.steps.flatMap((step, at) => (isRead(step) ? inRead(run, at, step, known) : [])))

/** Who came after whom: by what was written over, what was read, and what was written over what had been read. */
const edgesOf = ({ runs, writers, orders }: Known): readonly Edge[] => {
  const edges: Edge[] = []
  const add = (from: number | undefined, to: number | undefined, kind: Kind): void => {
    if (from !== undefined && to !== undefined && from !== to) edges.push({ from, to, kind })
  }
  for (const list of orders.values())
    list.forEach((value, index) => {
      const next = list[index + 1]
      add(writers.get(value)?.id, next === undefined ? undefined : writers.get(next)?.id, 'ww')
    })
  for (const run of runs) {
    if (run.outcome === 'aborted') continue
    for (const step of run.steps) {
      if (!isRead(step)) continue
      const seen = foreign(run, step)
      const order = (orders.get(step.key) ?? []).filter((value) => writers.get(value)?.id !== run.id)
      const [last, next] = [seen.at(-1), order[seen.length]]
      if (last !== undefined) add(writers.get(last)?.id, run.id, 'wr')
      if (next !== undefined) add(run.id, writers.get(next)?.id, 'rw')
    }
  }
  return edges
}

const followersOf = (edges: readonly Edge[], kinds: ReadonlySet<Kind>): ReadonlyMap<number, readonly number[]> => {
  const followers = new Map<number, number[]>()
  for (const { from, to, kind } of edges) {
    if (!kinds.has(kind)) continue
    const known = followers.get(from)
    if (known) known.push(to)
    else followers.set(from, [to])
  }
  return followers
}

const leads = (followers: ReadonlyMap<number, readonly number[]>, from: number, to: number): boolean => {
  const seen = new Set<number>([from])
  const open = [from]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true
    for (const next of followers.get(at) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push(next)
    }
  }
  return false
}

const cycles = (known: Known): Anomaly[] => {
  const edges = edgesOf(known)
  const closing = (kind: Kind, through: readonly Kind[]): readonly Edge[] => {
    const followers = followersOf(edges, new Set(through))
    return edges.filter((edge) => edge.kind === kind && leads(followers, edge.to, edge.from))
  }
  const told = (kind: 'G0' | 'G1c' | 'G-single', found: readonly Edge[]): Anomaly[] =>
    found.map(({ from, to }) => ({ kind, what: `run ${from} before run ${to}, and after it` }))
  return [
    ...told('G0', closing('ww', ['ww'])),
    ...told('G1c', closing('wr', ['ww', 'wr'])),
    ...told('G-single', closing('rw', ['ww', 'wr'])),
  ]
}

/** Everything in a history that snapshot isolation, with what was acknowledged kept and seen, does not allow. */
export const anomaliesIn = (
  runs: readonly Run[],
  final: ReadonlyMap<string, readonly number[]>,
): readonly Anomaly[] => {
  const known: Known = { runs, final, writers: writersOf(runs), orders: ordersOf(runs, final) }
  return [...lostAppends(known), ...inLists(known), ...inReads(known), ...cycles(known)]
}
