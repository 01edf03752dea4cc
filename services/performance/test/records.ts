import { Basis_Kind, Node_Kind, Target_Kind } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'

const target =
  (kind: Node_Kind) =>
  (id: string, period: string, amount: string, currencyCode = 'USD') => ({
    node: { kind, id },
    period,
    kind: Target_Kind.QUOTA as Target_Kind,
    amount: { currencyCode, amount },
  })
export const ofUnit = target(Node_Kind.ORG_UNIT)
export const ofPerson = target(Node_Kind.PERSON)

type Wanted = ReturnType<typeof ofUnit>
export const atLeast = (wanted: Wanted): Wanted => ({ ...wanted, kind: Target_Kind.MINIMUM })

export const planOf = (year: string, ...targets: readonly Wanted[]) => ({
  name: `Targets ${year}`,
  period: year,
  basis: Basis_Kind.COLLECTED,
  currencyCode: 'USD',
  targets: [...targets],
})

/** Pieces in the place of money. */
export const countsOf = (
  year: string,
  basis: Basis_Kind,
  ...targets: readonly (Omit<Wanted, 'amount'> & { count: number })[]
) => ({
  name: `Counts ${year}`,
  period: year,
  basis,
  targets: [...targets],
})

export const pieces = (kind: Node_Kind, id: string, period: string, count: number) => ({
  node: { kind, id },
  period,
  kind: Target_Kind.QUOTA,
  count,
})
