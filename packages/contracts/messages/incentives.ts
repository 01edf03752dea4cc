import type { Catalog } from '../src/catalog.ts'

export const incentives = {
  sentences: {
    commission_plan_exists: { zh: '该提成方案已存在。', en: 'This commission plan exists already.' },
    commission_plan_overlaps: {
      zh: '提成方案的有效期与已有方案重叠：已生效的日期不能更换方案。',
      en: 'The commission plan overlaps another one in time: days that have passed under a plan keep it.',
    },
    periodicity_needed: {
      zh: '请说明提成按月、按季还是按年计算。',
      en: 'Say whether commission is counted by month, quarter or year.',
    },
    rate_above_one: { zh: '第 {tier} 档的提成比例超过 100%。', en: 'The rate of tier {tier} is above 100 %.' },
    statement_not_yours: { zh: '这份提成单不属于您。', en: 'This statement is not yours.' },
    tiers_have_gap: {
      zh: '提成档位不连续：第一档必须从 0 开始，之后逐档升高（第 {tier} 档）。',
      en: 'The tiers leave a gap: the first begins at zero and each further one above the one before (tier {tier}).',
    },
    net_missing: { zh: '缺少不含税金额。', en: 'The amount net of tax is missing.' },

    why_accrual: {
      zh: '{date} 收到 {collected}（订单 {orderNo}，回款 {paymentNo}）：{parts}。',
      en: 'Collected {collected} on {date} (order {orderNo}, payment {paymentNo}): {parts}.',
    },
    why_adjustment: {
      zh: '{date} 的回款 {paymentNo}（订单 {orderNo}）因其他回款的变动改入其他档位：{parts}。',
      en: 'Payment {paymentNo} of {date} (order {orderNo}) came to lie in other tiers because of another payment: {parts}.',
    },
    why_reversal: {
      zh: '{date} 的回款 {paymentNo}（订单 {orderNo}）冲回 {collected}：{parts}。',
      en: 'Taken back {collected} of payment {paymentNo} of {date} (order {orderNo}): {parts}.',
    },
    why_share: { zh: '{basis} 按 {rate}% 为 {amount}', en: '{basis} at {rate} % is {amount}' },
    why_between: { zh: '，', en: ', ' },
    why_later: {
      zh: '该笔属于 {earned}，其提成单已结清，因此计入 {period}。',
      en: ' It belongs to {earned}, whose statement was closed, and is therefore settled in {period}.',
    },
  },
  things: {
    commission_plan: { zh: '提成方案', en: 'commission plan' },
    commission_line: { zh: '提成明细', en: 'commission line' },
    statement: { zh: '提成单', en: 'statement' },
  },
  statuses: {
    ended: { zh: '已结束', en: 'ended' },
  },
} as const satisfies Catalog
