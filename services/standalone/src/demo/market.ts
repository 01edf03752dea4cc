import { addDays, type BusinessDate } from '@saleswright/kernel'
import type { Good } from './goods.ts'
import type { Random } from './random.ts'
import { REPS, type Rep } from './staff.ts'

export type Buyer = {
  readonly name: string
  readonly sector: string
  readonly region: string
  readonly grade: 'ORDINARY' | 'KEY' | 'LARGE'
  readonly employees: number
  readonly owner: Rep
  /** Sells on what it buys, and may order by a program of its own. */
  readonly distributor: boolean
  readonly since: BusinessDate
}

type LeadStatus = 'NEW' | 'ASSIGNED' | 'CONTACTED' | 'QUALIFIED' | 'NURTURING' | 'DISQUALIFIED'
export type Prospect = {
  readonly title: string
  readonly companyName: string
  readonly sku: string
  readonly value: number
  readonly owner: Rep
  readonly on: BusinessDate
  readonly status: LeadStatus
}

type Stage = 'DISCOVERY' | 'REQUIREMENT_CONFIRMED' | 'SOLUTION' | 'QUOTED' | 'NEGOTIATION' | 'LOST'
export type Deal = {
  readonly title: string
  /** Its place in the list of buyers. */
  readonly buyer: number
  readonly sku: string
  readonly value: number
  readonly on: BusinessDate
  readonly stage: Stage
  /** Of what is lost. */
  readonly closedOn?: BusinessDate
  readonly reason?: string
}

const FIRST = ['春风', '夏禾', '秋水', '冬青', '朝阳', '明月', '远山', '长河', '青松']
const SECOND = ['白桦', '蓝天', '绿洲', '金秋', '银杉', '红枫', '碧波', '晨曦', '星光']
const SECTORS = [
  '机械设备',
  '电子科技',
  '建筑材料',
  '食品加工',
  '物流服务',
  '医疗器械',
  '纺织制品',
  '汽车配件',
  '包装印刷',
  '化工原料',
  '家居用品',
  '环保工程',
]
const WORDS = [...FIRST, ...SECOND]
const MOST_NAMES = WORDS.length * SECTORS.length

/** Words of the dictionary and a trade, no two alike; the sign 演示 says that nobody real is meant. */
const nameOf = (index: number): { name: string; sector: string } => {
  const sector = SECTORS[index % SECTORS.length] ?? ''
  const word = WORDS[Math.floor(index / SECTORS.length) % WORDS.length] ?? ''
  return { sector, name: `${word}${sector}（演示）有限公司` }
}

const DISTRIBUTORS = 5

export const makeBuyers = (random: Random, count: number, firstDay: BusinessDate): readonly Buyer[] =>
  Array.from({ length: count }, (_, index) => {
    const owner = REPS[index % REPS.length] ?? random.pick(REPS)
    return {
      ...nameOf(index),
      owner,
      region: owner.team.slice(0, 2),
      grade: random.percent(12) ? 'LARGE' : random.percent(25) ? 'KEY' : 'ORDINARY',
      employees: random.between(2, 120) * 10,
      distributor: index < DISTRIBUTORS,
      since: addDays(firstDay, random.between(0, 60)),
    }
  })

const LEAD_STATUS: readonly LeadStatus[] = ['NEW', 'ASSIGNED', 'CONTACTED', 'QUALIFIED', 'NURTURING', 'DISQUALIFIED']

type Year = { readonly goods: readonly Good[]; readonly firstDay: BusinessDate; readonly lastDay: number }

export const makeProspects = (random: Random, count: number, { goods, firstDay, lastDay }: Year): readonly Prospect[] =>
  Array.from({ length: count }, (_, index) => {
    const good = random.pick(goods)
    // Behind the names of the customers, from the end of the list.
    const { name } = nameOf(MOST_NAMES - 1 - (index % (MOST_NAMES - 200)))
    return {
      title: `${good.series}询价`,
      companyName: name,
      sku: good.sku,
      value: good.price * random.between(2, 30),
      owner: random.pick(REPS),
      on: addDays(firstDay, random.between(60, lastDay)),
      status: random.pick(LEAD_STATUS),
    }
  })

const OPEN: readonly Stage[] = ['DISCOVERY', 'REQUIREMENT_CONFIRMED', 'SOLUTION', 'QUOTED', 'NEGOTIATION']
const REASONS = ['价格高于同行', '客户推迟采购', '交期不满足要求', '技术参数不匹配', '预算被取消']

export const makeDeals = (
  random: Random,
  count: number,
  { buyers, goods, firstDay, lastDay }: Year & { readonly buyers: readonly Buyer[] },
): readonly Deal[] =>
  Array.from({ length: count }, () => {
    const good = random.pick(goods)
    const lost = random.percent(45)
    const begin = lost ? random.between(61, lastDay - 40) : random.between(lastDay - 120, lastDay)
    return {
      title: `${good.series}采购项目`,
      buyer: random.between(0, buyers.length - 1),
      sku: good.sku,
      value: good.price * random.between(3, 40),
      on: addDays(firstDay, begin),
      stage: lost ? 'LOST' : random.pick(OPEN),
      ...(lost && { closedOn: addDays(firstDay, begin + random.between(7, 40)), reason: random.pick(REASONS) }),
    }
  })
