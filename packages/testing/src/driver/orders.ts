import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, type Http, Unanswered } from './http.ts'
import type { Journal } from './journal.ts'

/** An order that somebody wants, under a key that it keeps however often it is asked for. */
export type Wish = {
  readonly key: string
  readonly customerId: string
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
  readonly externalOrderNo?: string | undefined
  /** What else the request says. */
  readonly more?: object
}

type Said = Omit<Wish, 'key' | 'more'>

/** One hash for a wish and for the order that fulfils it. */
export const contentOf = ({ customerId, externalOrderNo = '', lines }: Said): string =>
  createHash('sha256')
    .update(JSON.stringify([customerId, externalOrderNo, lines.map(({ sku, quantity }) => [sku, quantity])]))
    .digest('base64url')

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

export const bodyOf = ({ customerId, externalOrderNo, lines, more }: Wish) => ({
  customerId,
  confirmed: true,
  lines: lines.map(({ sku, quantity }) => ({ sku, quantity: String(quantity) })),
  ...(externalOrderNo !== undefined && { externalOrderNo }),
  ...more,
})

export type OrderDriver = {
  /** One try, written down before and after; undefined when no answer came. */
  readonly ask: (wish: Wish) => Promise<Answer | undefined>
  /** Tries until it is answered for good. */
  readonly place: (wish: Wish) => Promise<Answer>
}

const PAUSE_MS = 20

/** Orders over HTTP as a careful client does: the request id is the key, so that whoever looks into the store finds its orders. */
export const orderDriver = (http: () => Http, token: () => string, journal: Journal): OrderDriver => {
  const ask = async (wish: Wish): Promise<Answer | undefined> => {
    const { key } = wish
    await journal.write({ what: 'asked', key, content: contentOf(wish) })
    try {
      const sent = { token: token(), key, requestId: key, body: bodyOf(wish) }
      const answer = await http().call('POST', '/v1/orders', sent)
      const { status, text, json } = answer
      const said = status < 300 ? { orderId: String(json.orderId), answer: hashOf(text) } : { code: String(json.code) }
      await journal.write({ what: 'answered', key, status, ...said })
      return answer
    } catch (error) {
      if (error instanceof Unanswered) return undefined
      throw error
    }
  }
  const place = async (wish: Wish): Promise<Answer> => {
    for (;;) {
      const answer = await ask(wish)
      const again = !answer || answer.status >= 500 || answer.json.code === 'command_in_progress'
      if (!again) return answer
      await wait(PAUSE_MS)
    }
  }
  return { ask, place }
}
