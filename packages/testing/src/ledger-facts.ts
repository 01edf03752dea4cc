/** What was read of a platform that is at rest, and of the journal of whoever drove it: all that the ledger check goes by. */
export type Facts = {
  readonly intents: readonly Intent[]
  readonly orders: readonly OrderFact[]
  readonly services: readonly ServiceFacts[]
  readonly effects: readonly EffectCount[]
  readonly money: readonly OrderMoney[]
  readonly stock: readonly StockFact[]
  readonly exposures: readonly ExposureFact[]
  /** Undefined where no read models were built again. */
  readonly rebuilt: Rebuilt | undefined
}

/** One order that the driver wanted, under one key, with everything that became of its tries. */
export type Intent = {
  readonly key: string
  /** Hash of what was asked for. */
  readonly content: string
  readonly tries: number
  /** Tries of which no answer came. */
  readonly unanswered: number
  /** Tries that were refused for good: nothing may be there of them. */
  readonly refused: number
  readonly acked: readonly { readonly orderId: string; readonly answer: string }[]
}

export type OrderFact = {
  readonly id: string
  /** The key that it was made under; '' for one that the driver did not ask for. */
  readonly key: string
  readonly customerId: string
  readonly externalOrderNo: string | undefined
  /** Hash of what it says, made as that of the intent. */
  readonly content: string
}

export type EventFact = {
  readonly id: string
  readonly type: string
  readonly aggregateId: string
  readonly version: number
  readonly hash: string
}

/** A record as it stands, with the end of its chain. */
export type Head = {
  readonly collection: string
  readonly id: string
  readonly version: number
  readonly hash: string
}

export type ServiceFacts = {
  readonly name: string
  readonly heads: readonly Head[]
  readonly events: readonly EventFact[]
  /** Events that wait to be published. */
  readonly waiting: number
  /** Every record on the bus, in the order of each partition. */
  readonly published: readonly Pick<EventFact, 'id' | 'aggregateId' | 'version'>[]
  readonly groups: readonly GroupFacts[]
  /** What the service says of its own trail: the first link that is not as it was written. */
  readonly audit: { readonly fault?: string | undefined }
}

/** What one consumer has had. */
export type GroupFacts = {
  readonly group: string
  readonly from: readonly string[]
  readonly types: readonly string[]
  readonly seen: readonly string[]
  readonly parked: readonly string[]
}

/** How many effects there are of the events of some types, and how many there must be. */
export type EffectCount = { readonly what: string; readonly expected: number; readonly found: number }

/** Net money that came in for one order, in the smallest unit, as each says that counts it. */
export type OrderMoney = {
  readonly orderId: string
  /** Of the order itself, where it is collected in full. */
  readonly net: bigint | undefined
  readonly counted: Readonly<Record<string, bigint>>
}

/** In thousandths. */
export type StockFact = {
  readonly sku: string
  readonly onHand: bigint
  readonly reserved: bigint
  /** What its events say, one after the other. */
  readonly moves: readonly { readonly onHand: bigint; readonly reserved: bigint }[]
  /** What orders still wait for. */
  readonly promised: bigint
}

export type ExposureFact = {
  readonly customerId: string
  readonly amount: bigint
  readonly changes: readonly bigint[]
  /** Gross of its open orders on credit less money that came in for them, and money on account; undefined where that was not read. */
  readonly owed: bigint | undefined
}

export type Rebuilt = { readonly events: number; readonly digest: string; readonly previousDigest: string }

export type Rule = 'L1' | 'L2' | 'L3' | 'L4' | 'L5' | 'L6' | 'L7' | 'L8' | 'L9'

/** What one rule found; `checked` is 0 where the run had nothing for it. */
export type Finding = { readonly rule: Rule; readonly checked: number; readonly faults: readonly string[] }
