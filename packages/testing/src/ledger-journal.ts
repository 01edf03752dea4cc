import type { Intent } from './ledger-facts.ts'

/** A line of the driver's journal: written durably before a request is sent, and once its answer has come. */
export type Entry =
  | { readonly what: 'asked'; readonly key: string; readonly content: string }
  | {
      readonly what: 'answered'
      readonly key: string
      readonly status: number
      /** Code of the refusal. */
      readonly code?: string
      readonly orderId?: string
      /** Hash of the answer's body. */
      readonly answer?: string
    }

type Answered = Extract<Entry, { what: 'answered' }>

/** Busy, stopping, overloaded: whether it was done is not known, and the same request may be sent again. */
const isOpen = ({ status, code }: Answered): boolean =>
  status >= 500 || status === 429 || code === 'command_in_progress'

const isAck = ({ status }: Answered): boolean => status < 300

/** What came of each key. A request without an answer, as of a driver or a platform that was killed, stays unanswered. */
export const intentsOf = (entries: readonly Entry[]): readonly Intent[] =>
  [...Map.groupBy(entries, ({ key }) => key)].map(([key, own]) => {
    const asked = own.filter((entry) => entry.what === 'asked')
    const settled = own.filter((entry) => entry.what === 'answered').filter((entry) => !isOpen(entry))
    const acked = settled.filter(isAck)
    return {
      key,
      content: asked[0]?.content ?? '',
      tries: asked.length,
      unanswered: asked.length - settled.length,
      refused: settled.length - acked.length,
      acked: acked.map(({ orderId = '', answer = '' }) => ({ orderId, answer })),
    }
  })
