import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { failPoints, type Trap } from '@saleswright/testing/faults'
import { exitWith } from '../src/program.ts'
import { host } from './hosting.ts'

/*
 * The real platform as a process that can be killed where a test says: node platform-program.ts DATA, with an IPC channel.
 */
export type Order =
  | { readonly id: number; readonly ask: 'lay'; readonly trap: Trap }
  | { readonly id: number; readonly ask: 'drained' | 'stop' }
  | {
      readonly id: number
      readonly ask: 'audit'
      readonly context: Parameters<Awaited<ReturnType<typeof host>>['audit']>[0]
    }

const [, , data] = process.argv
if (!data || !process.send) throw new Error('platform-program.ts DATA, started by a test')
const points = failPoints(join(data, 'fail-points'))
const { drained, audit, stop, ...running } = await host(data, { failPoint: points.reached }).catch((error: Error) =>
  exitWith(error.message),
)

const answer = async (order: Order): Promise<unknown> => {
  if (order.ask === 'lay') return points.lay(order.trap)
  if (order.ask === 'audit') return audit(order.context)
  return order.ask === 'stop' ? stop() : drained()
}

process.on('message', (order: Order) => {
  answer(order).then(
    (result) => process.send?.({ id: order.id, result }),
    (error: Error) => process.send?.({ id: order.id, error: error.message }),
  )
})
// Nobody is there any more who could ask for anything.
process.on('disconnect', () => process.exit(0))
process.send({ id: 0, result: running })
// Whoever is started after it was killed need not compile it again.
flushCompileCache()
