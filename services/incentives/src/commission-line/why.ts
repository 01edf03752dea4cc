import { type Language, sentence } from '@saleswright/contracts'
import { formatMoney, formatTrimmed, type Money } from '@saleswright/kernel'
import type { CommissionLine, Kind } from './commission-line.ts'

/** 5000.00 → "5,000.00 CNY". */
const amountText = (money: Money): string => {
  const exact = formatMoney(money)
  const minimumFractionDigits = exact.includes('.') ? exact.length - exact.indexOf('.') - 1 : 0
  // As text it stays exact; as a number it would be a double.
  const grouped = new Intl.NumberFormat('en', { minimumFractionDigits }).format(exact as Intl.StringNumericLiteral)
  return `${grouped} ${money.currency}`
}

/** 30,000 millionths → "3", 1,250 → "0.125". */
const percentText = (millionths: bigint): string => formatTrimmed(millionths, 4)

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
