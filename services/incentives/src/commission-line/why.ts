import { type Language, sentence } from '@saleswright/contracts'
import { formatMoney, formatScaled, type Money } from '@saleswright/kernel'
import type { CommissionLine, Kind } from './commission-line.ts'

/** 5000.00 → "5,000.00 CNY". */
const amountText = (money: Money): string => {
  const [whole = '', fraction] = formatMoney(money).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`} ${money.currency}`
}

/** 30,000 millionths → "3", 1,250 → "0.125". */
const percentText = (millionths: bigint): string => formatScaled(millionths, 4).replace(/\.?0+$/, '')

const CODES = {
  accrual: 'why_accrual',
  adjustment: 'why_adjustment',
  reversal: 'why_reversal',
} as const satisfies Record<Kind, string>

/** How a line came to its amount, in a sentence for the person whose line it is. */
export const why = (line: CommissionLine, language: Language): string => {
  const { currency, kind, basis, allocatedOn: date, orderNo, paymentNo } = line
  const money = (minor: bigint): string => amountText({ currency, minor })
  const say = (code: string, params: Readonly<Record<string, string>>) => sentence({ code, params }, language)
  const shares = line.shares.map((share) =>
    say('why_share', { basis: money(share.basis), rate: percentText(share.rate), amount: money(share.amount) }),
  )
  const parts = shares.join(say('why_between', {}))
  const collected = money(basis < 0n ? -basis : basis)
  const reason = say(CODES[kind], { collected, date, orderNo, paymentNo, parts })
  if (line.earnedPeriod === line.period) return reason
  return reason + say('why_later', { earned: line.earnedPeriod, period: line.period })
}
