import type { Catalog } from '../src/catalog.ts'

export const reporting = {
  sentences: {
    report_behind: { zh: '报表数据尚未更新，请稍后重试。', en: 'The report has not caught up yet; try again shortly.' },
    unknown_grouping: { zh: '此报表不支持该分组方式。', en: 'This report cannot be grouped like that.' },
    unknown_report: { zh: '没有这个报表。', en: 'There is no such report.' },
  },
  things: {
    report: { zh: '报表', en: 'report' },
  },
  statuses: {},
} as const satisfies Catalog
