import type { Random } from './random.ts'

export type Good = {
  readonly sku: string
  readonly name: string
  readonly series: string
  readonly uom: string
  /** List price in whole yuan, a multiple of ten: so its floors have no fen. */
  readonly price: number
  /** What lies in the warehouse on the first day. */
  readonly stock: number
}

const SERIES = [
  { series: '工业水泵', code: 'PUMP', uom: '台', from: 1_200, to: 9_800 },
  { series: '控制阀门', code: 'VALVE', uom: '只', from: 180, to: 2_600 },
  { series: '测量仪表', code: 'METER', uom: '只', from: 350, to: 4_800 },
  { series: '驱动电机', code: 'MOTOR', uom: '台', from: 900, to: 12_000 },
  { series: '控制柜', code: 'PANEL', uom: '套', from: 4_500, to: 38_000 },
  { series: '维护备件', code: 'SPARE', uom: '包', from: 60, to: 900 },
] as const

/** Sells faster than it is made: orders wait for it. */
export const SCARCE: Good = {
  sku: 'PANEL-X1',
  name: '定制控制柜 X1 型',
  series: '控制柜',
  uom: '套',
  price: 52_000,
  stock: 2,
}

export const makeGoods = (random: Random, count: number): readonly Good[] =>
  Array.from({ length: count }, (_, index) => {
    const { series, code, uom, from, to } = random.pick([SERIES[index % SERIES.length] ?? SERIES[0]])
    const model = String(Math.floor(index / SERIES.length) + 1).padStart(2, '0')
    return {
      sku: `${code}-${model}`,
      name: `${series} ${model} 型`,
      series,
      uom,
      price: random.between(from / 10, to / 10) * 10,
      stock: random.between(300, 3_000),
    }
  })
