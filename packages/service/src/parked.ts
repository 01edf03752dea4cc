/** An event that a reaction of a service could not apply, or that waits behind such a one of its aggregate. */
export type ParkedRow = {
  /** `<group>/<event id>` */
  readonly id: string
  readonly group: string
  readonly type: string
  readonly aggregateId: string
  readonly eventId: string
  /** Why it could not be applied; '' for one that waits behind another. */
  readonly reason: string
  readonly parkedAt: Date
  /** Whether it is the one that the others of its aggregate wait for. */
  readonly firstOfKey: boolean
}

/** What operators do with the parked events of one service. */
export type ParkedOperations = {
  readonly list: () => Promise<readonly ParkedRow[]>
  /** Applies it and those behind it. `parked_event_not_first` for one that waits behind another; the fault goes up when it fails again. */
  readonly replay: (id: string) => Promise<ParkedRow>
  /** Gives it up for good. */
  readonly drop: (id: string) => Promise<ParkedRow>
}
