import { parseArgs } from 'node:util'

/** What the command line may say. */
export type CommandLine = {
  readonly port: number
  readonly data: string
  /** Without the demo company. */
  readonly empty: boolean
  /** How many orders the demo company has. */
  readonly orders: number
  readonly help: boolean
}

/** Said on the command line, and wrong. */
class WrongOption extends Error {
  override readonly name = 'WrongOption'
}

const MOST_ORDERS = 2_000
const DEFAULTS = { port: '8080', data: 'data', orders: '600' }

export const OPTIONS_HELP = `  --data DIR    where everything is kept (${DEFAULTS.data})
  --port PORT   where it answers (${DEFAULTS.port}; 0 picks a free port)
  --empty       without the demo company that fills a new data folder
  --orders N    how many orders the demo company has (${DEFAULTS.orders}; at most ${MOST_ORDERS})
  --help        this text`

export const readOptions = (args: readonly string[]): CommandLine => {
  const { port, data, orders, empty, help } = parsed(args)
  return {
    port: wholeNumber(port, 65_535, `--port ${port} is not a port`),
    orders: wholeNumber(orders, MOST_ORDERS, `--orders ${orders} is not a number up to ${MOST_ORDERS}`),
    data: data || DEFAULTS.data,
    empty,
    help,
  }
}

const parsed = (args: readonly string[]) => {
  const text = (value: string) => ({ type: 'string', default: value }) as const
  const flag = { type: 'boolean', default: false } as const
  const options = {
    port: text(DEFAULTS.port),
    data: text(DEFAULTS.data),
    orders: text(DEFAULTS.orders),
    empty: flag,
    help: flag,
  }
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new WrongOption((error as Error).message, { cause: error })
  }
}

const wholeNumber = (text: string, most: number, otherwise: string): number => {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number > most) throw new WrongOption(`${otherwise}.`)
  return number
}
