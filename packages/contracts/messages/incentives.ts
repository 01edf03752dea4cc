import type { Catalog } from '../src/catalog.ts'

export const incentives = {
  sentences: {
    commission_plan_exists: { zh: '该提成方案已存在。', en: 'This commission plan exists already.' },
    commission_plan_overlaps: {
      zh: '提成方案的有效期与已有方案重叠。',
      en: 'The commission plan overlaps another one in time.',
    },
    statement_not_yours: { zh: '这份提成单不属于您。', en: 'This statement is not yours.' },
    tiers_have_gap: { zh: '提成档位不连续。', en: 'The tiers leave a gap.' },
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
