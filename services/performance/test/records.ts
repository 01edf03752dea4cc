import { Node_Kind } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'

const target =
  (kind: Node_Kind) =>
  (id: string, period: string, amount: string, currencyCode = 'USD') => ({
    node: { kind, id },
    period,
    amount: { currencyCode, amount },
  })
export const ofUnit = target(Node_Kind.ORG_UNIT)
export const ofPerson = target(Node_Kind.PERSON)

export const planOf = (year: string, ...targets: readonly ReturnType<typeof ofUnit>[]) => ({
  name: `Targets ${year}`,
  year,
  currencyCode: 'USD',
  targets: [...targets],
})
