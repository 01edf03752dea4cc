import { type Deal, quarterOf } from './deals.ts'

/** What is compared: a name and an exact number; money in cents. */
export type Figures = ReadonlyMap<string, bigint>

const TARGET = 7_500_000n
const [LOW, HIGH] = [3n, 5n]

const add = (figures: Map<string, bigint>, name: string, by: bigint): void => {
  figures.set(name, (figures.get(name) ?? 0n) + by)
}

/** Every total that the import has to reproduce, straight from the files. */
export const expectedFigures = (deals: readonly Deal[]): Figures => {
  const figures = new Map<string, bigint>()
  const earned = new Map<string, bigint>()
  for (const deal of deals) {
    add(figures, `stage ${deal.stage}`, 1n)
    add(figures, deal.isLead ? 'leads' : 'opportunities', 1n)
    if (deal.stage === 'Won') addSale(figures, earned, deal)
  }
  for (const [key, basis] of earned) {
    add(figures, `attained ${key}`, basis)
    add(figures, 'commission', commissionOf(basis))
  }
  return figures
}

const addSale = (figures: Map<string, bigint>, earned: Map<string, bigint>, deal: Deal): void => {
  const { agent, manager, office, product, closedOn, cents } = deal
  for (const kind of ['ordered', 'collected']) {
    const dimensions = { office, manager, person: agent, product, month: closedOn.slice(0, 7) }
    for (const [name, value] of Object.entries(dimensions)) add(figures, `${kind} by ${name} ${value}`, cents)
    add(figures, kind, cents)
  }
  add(figures, 'orders', 1n)
  add(figures, 'orders net', cents)
  add(figures, 'receivables collected', cents)
  add(figures, 'commission basis', cents)
  if (cents * 10n < deal.list * 9n) add(figures, 'orders approved', 1n)
  const key = `${agent} ${quarterOf(closedOn)}`
  earned.set(key, (earned.get(key) ?? 0n) + cents)
}

/** Whole dollars at whole per cents: exact in cents. */
const commissionOf = (basis: bigint): bigint => {
  const low = basis < TARGET ? basis : TARGET
  return (low * LOW + (basis - low) * HIGH) / 100n
}

/** What differs, in words; empty when every figure agrees. */
export const differences = (expected: Figures, actual: Figures): readonly string[] =>
  [...new Set([...expected.keys(), ...actual.keys()])].toSorted().flatMap((name) => {
    const [wanted, got] = [expected.get(name), actual.get(name)]
    return wanted === got
      ? []
      : [`${name}: ${wanted ?? 'not in the files'} in the files, ${got ?? 'missing'} in the platform`]
  })
