import type { Catalog } from '../src/catalog.ts'

export const orders = {
  sentences: {
    price_approval_pending: {
      zh: '特价审批尚未完成，订单不能确认。',
      en: 'The special price is still waiting for approval; the order cannot be confirmed.',
    },
  },
  things: {
    order: { zh: '订单', en: 'order' },
  },
  statuses: {
    draft: { zh: '草稿', en: 'a draft' },
    customer_confirmed: { zh: '客户已确认', en: 'confirmed by the customer' },
    stock_acknowledged: { zh: '货源已确认', en: 'acknowledged for stock' },
    awaiting_funds: { zh: '待收款', en: 'awaiting funds' },
    released: { zh: '已放行', en: 'released' },
    partially_shipped: { zh: '部分发货', en: 'partially shipped' },
    shipped: { zh: '已发货', en: 'shipped' },
    delivered: { zh: '已送达', en: 'delivered' },
    completed: { zh: '已完成', en: 'completed' },
    cancelled: { zh: '已取消', en: 'cancelled' },
    on_hold: { zh: '已暂停', en: 'on hold' },
  },
} as const satisfies Catalog
