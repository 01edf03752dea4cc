import type { Catalog } from '../src/catalog.ts'

export const orders = {
  sentences: {
    delivered_before_shipped: {
      zh: '没有发货日期，不能登记到货日期。',
      en: 'What was delivered was shipped before; name that day too.',
    },
    allocation_beyond_payment: {
      zh: '核销合计 {allocated} 超过回款金额 {amount}。',
      en: '{allocated} is allocated, but only {amount} was paid.',
    },
    person_unknown: {
      zh: '公司里没有编号为 {personId} 的人员。',
      en: 'Nobody of the company has the id {personId}.',
    },
    allocation_target: {
      zh: '每笔核销须指定应收款或付款通知，且只能指定其一。',
      en: 'Each part of a payment names either a receivable or a payment request.',
    },
    payment_already_confirmed: {
      zh: '回款 {paymentNo} 已经确认。',
      en: 'Payment {paymentNo} has been confirmed already.',
    },
    difference_too_large: {
      zh: '尚缺 {missing}，超过可直接核销的小额差异 {limit}。',
      en: '{missing} is missing, and no more than {limit} may be written off without the money.',
    },
    allocation_beyond_receivable: {
      zh: '订单 {orderNo} 的核销金额 {amount} 超过应收余额 {open}。',
      en: '{amount} is allocated to order {orderNo}, which owes only {open}.',
    },
    allocation_beyond_receivable_withheld: {
      zh: '核销金额 {amount} 超过应收余额。',
      en: 'The {amount} that is allocated is more than what is owed.',
    },
    credit_limit_exceeded: {
      zh: '超出客户信用额度 {limit}：已占用 {exposure}，本次新增 {more}。',
      en: 'The credit limit of {limit} is exceeded: {exposure} is taken, and {more} comes on top.',
    },
    credit_limit_exceeded_withheld: { zh: '超出客户信用额度。', en: 'The credit limit of the customer is exceeded.' },
    stock_short_withheld: { zh: '产品 {sku} 库存不足。', en: 'There is not enough stock of {sku}.' },
    availability_hidden: { zh: '贵公司不能查询库存。', en: 'The availability of goods is not shown to you.' },
    agreement_missing: {
      zh: '目前没有生效的渠道合作协议，不能通过接口下单；请联系您的销售代表。',
      en: 'No partner agreement is active, so orders are not taken here; please contact your sales representative.',
    },
    drafts_not_possible: {
      zh: '合作伙伴的订单提交即生效，不能保存为草稿。',
      en: 'Orders of partners count when they are sent; they cannot be kept as drafts.',
    },
    external_order_exists: {
      zh: '外部订单号 {externalOrderNo} 已对应订单 {orderNo}。',
      en: 'The external number {externalOrderNo} belongs to order {orderNo} already.',
    },
    external_order_exists_withheld: {
      zh: '外部订单号 {externalOrderNo} 已被使用。',
      en: 'The external number {externalOrderNo} is taken.',
    },
    floors_crossed: {
      zh: '经理底价 {managerFloor} 不能高于销售员底价 {repFloor}。',
      en: 'The manager floor {managerFloor} lies above the rep floor {repFloor}.',
    },
    funds_missing: {
      zh: '订单 {orderNo} 的货款尚缺 {missing}。',
      en: 'Order {orderNo} still lacks {missing}.',
    },
    no_price: {
      zh: '产品 {sku} 在 {date} 没有适用的价格。',
      en: 'There is no price of {sku} for {date}.',
    },
    order_not_released: {
      zh: '订单 {orderNo} 尚未放行，不能发货。',
      en: 'Order {orderNo} is not released for shipping.',
    },
    photos_missing: {
      zh: '发货单 {shipmentNo} 缺少装货照片，不能发货。',
      en: 'Shipment {shipmentNo} has no photos of its load.',
    },
    price_approval_pending: {
      zh: '特价审批尚未完成，订单不能确认。',
      en: 'The special price is still waiting for approval; the order cannot be confirmed.',
    },
    price_floor_exists: {
      zh: '产品 {sku} 自 {validFrom} 起的价格底线已存在。',
      en: 'Floors of {sku} from {validFrom} exist already.',
    },
    price_exists: {
      zh: '产品 {sku} 自 {validFrom} 起的同类价格已存在；如有误，请更正该价目表。',
      en: 'A price of {sku} of this kind from {validFrom} exists already; if it is wrong, correct its list.',
    },
    price_in_force: {
      zh: '产品 {sku} 的价格自 {validFrom} 起已生效，不能更正；请发布新的价格。',
      en: 'The price of {sku} has been in force since {validFrom} and cannot be corrected; publish a new one.',
    },
    price_above_list: {
      zh: '产品 {sku} 的成交价不得高于目录价 {listUnitPrice}。',
      en: 'The price of {sku} may not be above the list price of {listUnitPrice}.',
    },
    price_not_shown: {
      zh: '只能查询您本日适用的价格。',
      en: 'Only your own prices of today are shown.',
    },
    quantity_not_whole: {
      zh: '产品 {sku} 的数量 {quantity} {uom} 最多保留 {decimals} 位小数。',
      en: '{quantity} {uom} of {sku} has more than the {decimals} decimals that the product is sold in.',
    },
    price_not_yours: { zh: '您无权指定成交价。', en: 'Setting an agreed price is not yours to do.' },
    price_rejected: { zh: '特价申请已被驳回。', en: 'The special price was rejected.' },
    product_exists: {
      zh: '产品编码 {sku} 已存在。',
      en: 'The product {sku} exists already.',
    },
    quantity_beyond_order: {
      zh: '订单 {orderNo} 第 {lineNo} 行：{quantity} 超过未发数量。',
      en: 'Line {lineNo} of order {orderNo}: {quantity} is more than is left to ship.',
    },
    receivable_open: {
      zh: '应收款尚有 {open} 未结清。',
      en: '{open} is still owed.',
    },
    refund_beyond_payment: {
      zh: '退款 {amount} 超过可退金额。',
      en: 'The refund of {amount} is more than can be given back.',
    },
    stock_below_reserved: {
      zh: '产品 {sku} 的库存不能低于已预留数量 {reserved}。',
      en: 'Stock of {sku} cannot fall below the {reserved} that is reserved.',
    },
    price_approved_for_whole: {
      zh: '订单 {orderNo} 的特价是按全部数量审批的，不能只确认一部分。',
      en: 'The special price of order {orderNo} was approved for all of it; a part cannot be confirmed.',
    },
    waits_for_production: {
      zh: '订单 {orderNo} 第 {lineNo} 行待产，承诺 {promisedOn} 到货，尚不能发运这么多。',
      en: 'Line {lineNo} of order {orderNo} waits for production until {promisedOn}; so much cannot be shipped yet.',
    },
    stock_short: {
      zh: '产品 {sku} 库存不足：需要 {wanted}，可用 {available}。',
      en: 'There is not enough of {sku}: {wanted} is wanted, {available} is available.',
    },
    unknown_sku: {
      zh: '没有产品编码 {sku}。',
      en: 'Nobody knows the product {sku}.',
    },
    product_inactive: {
      zh: '产品 {sku} 已停用。',
      en: 'The product {sku} is not sold any more.',
    },
    quantity_zero: {
      zh: '数量不能为零。',
      en: 'The quantity must not be zero.',
    },
    amount_too_large: {
      zh: '{currency} 金额超过 12 位整数，请拆分单据。',
      en: 'An amount in {currency} would have more than 12 integer digits; split the document.',
    },
    amount_not_positive: {
      zh: '金额 {amount} 必须大于零。',
      en: 'The amount {amount} must be above zero.',
    },
    sku_twice: {
      zh: '产品编码 {sku} 重复。',
      en: 'The product {sku} is named twice.',
    },
    line_twice: {
      zh: '同一订单行不能重复填写。',
      en: 'A line is named twice.',
    },
    receivable_twice: {
      zh: '同一应收款不能重复填写。',
      en: 'A receivable is named twice.',
    },
    nothing_to_ship: {
      zh: '订单 {orderNo} 没有可发货的数量。',
      en: 'Order {orderNo} has nothing left to ship.',
    },
    dates_crossed: {
      zh: '开始日期不能晚于结束日期。',
      en: 'The first date lies behind the last one.',
    },
  },
  things: {
    order: { zh: '订单', en: 'order' },
    product: { zh: '产品', en: 'product' },
    price: { zh: '价格', en: 'price' },
    price_list: { zh: '价目表', en: 'price list' },
    price_floor: { zh: '价格底线', en: 'price floor' },
    shipment: { zh: '发货单', en: 'shipment' },
    receivable: { zh: '应收款', en: 'receivable' },
    payment_request: { zh: '付款通知', en: 'payment request' },
    payment: { zh: '回款', en: 'payment' },
    stock_item: { zh: '库存', en: 'stock item' },
    production_request: { zh: '生产需求', en: 'production request' },
    ledger_line: { zh: '往来账', en: 'ledger line' },
    quote: { zh: '报价单', en: 'quote' },
    contract: { zh: '合同', en: 'contract' },
    invoice: { zh: '发票', en: 'invoice' },
  },
  statuses: {
    draft: { zh: '草稿', en: 'a draft' },
    submitted: { zh: '已提交', en: 'submitted' },
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
    planned: { zh: '已计划', en: 'planned' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
    open: { zh: '未结清', en: 'open' },
    collected: { zh: '已收款', en: 'collected' },
    written_off: { zh: '已核销', en: 'written off' },
    recorded: { zh: '已登记', en: 'recorded' },
    confirmed: { zh: '已确认', en: 'confirmed' },
    refunded: { zh: '已退款', en: 'refunded' },
    covered: { zh: '已到款', en: 'covered' },
    filled: { zh: '已到货', en: 'filled' },
  },
} as const satisfies Catalog
