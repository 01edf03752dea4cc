import type { Catalog } from '../src/catalog.ts'

export const reporting = {
  sentences: {
    event_id_unknown: {
      zh: 'waitFor 不是有效的事件编号，请使用应答头 Saleswright-Event 的值。',
      en: 'waitFor is not the id of an event; send the value of the header Saleswright-Event.',
    },
    keys_do_not_fit: {
      zh: '“{keys}”不是按“{groupings}”分组的一行。',
      en: '"{keys}" is no row of a report that is grouped by {groupings}.',
    },
    report_behind: { zh: '报表数据尚未更新，请稍后重试。', en: 'The report has not caught up yet; try again shortly.' },
    report_too_large: {
      zh: '报表超过 {rows} 行，请缩小期间或减少分组。',
      en: 'The report would have more than {rows} rows; take fewer days or groupings.',
    },
    rebuild_under_way: {
      zh: '报表数据正在重建，请稍后用同一幂等键重试。',
      en: 'The read models are being built again; ask again shortly with the same Idempotency-Key.',
    },
    rebuild_unsettled: {
      zh: '重建期间数据变动过于频繁，请稍后重试。',
      en: 'Too much changed while the read models were built again; try again later.',
    },
    unknown_grouping: {
      zh: '此报表不支持按“{grouping}”分组，可选：{groupings}。',
      en: 'This report cannot be grouped by "{grouping}"; it knows {groupings}.',
    },
    unknown_report: { zh: '没有名为“{report}”的报表。', en: 'There is no report "{report}".' },
  },
  things: {
    report: { zh: '报表', en: 'report' },
  },
  /** How long something is overdue. */
  statuses: {
    notDue: { zh: '未到期', en: 'not due' },
    days1To30: { zh: '逾期 1–30 天', en: '1 to 30 days overdue' },
    days31To60: { zh: '逾期 31–60 天', en: '31 to 60 days overdue' },
    days61To90: { zh: '逾期 61–90 天', en: '61 to 90 days overdue' },
    over90: { zh: '逾期 90 天以上', en: 'more than 90 days overdue' },
  },
} as const satisfies Catalog
