import { describe, expect, test } from 'vitest'
import { diceOf } from './allowed/dice.ts'
import { drawer } from './allowed/draw.ts'
import { judgeBy } from './allowed/judge.ts'
import { type Operation, operationsOf, resolverOf } from './allowed/operations.ts'
import { type Request, requestTo } from './allowed/request.ts'
import { aStage } from './allowed/stage.ts'
import type { Answer } from './http.ts'

const { REQUESTS = '10000', SEED = '51' } = process.env
const AT_ONCE = 12
const RENEWED_AFTER = 1_500

const { known, document, ask, tokenFor, renew } = await aStage()
const operations = operationsOf(document)
const seed = Number(SEED)
const dice = diceOf(seed)
const making = { dice, known, draw: drawer({ dice, known, seed, resolve: resolverOf(document) }) }
const judge = judgeBy(document)

/** The first request for each fault that was found. */
const faults = new Map<string, string>()
const done = new Set<string>()

const hear = (operation: Operation, request: Request, answer: Answer): void => {
  const { verb, path, id } = operation
  const { status, headers, text, json } = answer
  if (status < 300) done.add(id)
  const event = headers.get('saleswright-event')
  if (event) known.note('eventId', event)
  if (status < 300 && id !== 'openApi' && json) known.learn(json)
  for (const fault of judge(operation, answer)) {
    const what = `${verb} ${path} ${fault}`
    if (!faults.has(what)) faults.set(what, `${what}\n${JSON.stringify(request)}\n${text.slice(0, 600)}`)
  }
}

/** What takes long goes through all that there is. */
const LONG = new Set(['rebuildReadModels', 'verifyAudit'])
const LONG_PERCENT = 15

/** Every operation once, in an order of its own each time. */
const aRound = (): Operation[] => {
  const asked = operations.filter(({ id }) => !LONG.has(id) || dice.often(LONG_PERCENT))
  const places = new Map(asked.map((operation) => [operation, dice.below(1_000_000)]))
  return asked.toSorted((left, right) => (places.get(left) ?? 0) - (places.get(right) ?? 0))
}

const askSome = async (number: number): Promise<void> => {
  let left = number
  let round: Operation[] = []
  const asker = async (): Promise<void> => {
    for (; left > 0; left -= 1) {
      if (round.length === 0) round = aRound()
      const operation = round.pop()
      if (!operation) throw new Error('the document has no operation')
      const request = requestTo(operation, making)
      hear(operation, request, await ask(request, tokenFor(operation, dice.below(100))))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, asker))
}

describe(`${REQUESTS} requests that the document allows (seed ${SEED})`, () => {
  test('are answered as the document says, and never by a fault', { timeout: 3_600_000 }, async () => {
    for (let left = Number(REQUESTS); left > 0; left -= RENEWED_AFTER) {
      await askSome(Math.min(left, RENEWED_AFTER))
      await renew()
    }
    expect([...faults.values()].join('\n\n')).toBe('')
  })

  test('reach what is behind them: most operations were done', () => {
    const undone = operations.map(({ id }) => id).filter((id) => !done.has(id))
    expect(undone.length, undone.join(' ')).toBeLessThan(operations.length / 4)
  })
})
