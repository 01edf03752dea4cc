import type { Catalog } from '../src/catalog.ts'

export const customers = {
  sentences: {
    agreement_overlaps: {
      zh: '自 {from} 起已有协议；请先终止该协议。',
      en: 'There is an agreement from {from} already; end that one first.',
    },
    agreement_not_active: { zh: '{on} 没有生效的协议。', en: 'No agreement is active on {on}.' },
    credit_code_invalid: {
      zh: '统一社会信用代码“{creditCode}”无效（GB 32100-2015 校验码不符），请核对。',
      en: '"{creditCode}" is not a unified social credit code (GB 32100-2015); check it for a slip.',
    },
    customer_exists: {
      zh: '该客户已建档，不能重复登记。',
      en: 'This customer is on file already.',
    },
    customer_cycle: {
      zh: '上级客户不能是该客户自身或其下属客户。',
      en: 'A customer cannot stand above itself.',
    },
    customer_needed: {
      zh: '请指定已建档的客户，或填写新客户名称。',
      en: 'Name a customer on file, or a new one.',
    },
    handover_to_owner: {
      zh: '该客户已由此人负责，无需移交。',
      en: 'This person looks after the customer already.',
    },
    not_your_unit: {
      zh: '您的权限不包括此负责人所在的部门。',
      en: 'Your permission does not reach this owner.',
    },
    lead_status_needs_migration: {
      zh: '新线索的状态为“新建”；只有数据迁移可以指定其他状态。',
      en: 'A lead begins as new; only a migration may say otherwise.',
    },
    opportunity_stage_needs_migration: {
      zh: '新商机从“发现需求”开始；只有数据迁移可以指定其他阶段或结果。',
      en: 'An opportunity begins with discovery; only a migration may say otherwise.',
    },
    opportunity_end_without_stage: {
      zh: '阶段“{stage}”与所填写的成交或丢单信息不符。',
      en: 'What is told of the end does not belong to the stage {stage}.',
    },
    opportunity_held_elsewhere: {
      zh: '该商机从“{heldFrom}”阶段搁置，只能回到该阶段。',
      en: 'The opportunity was put on hold at {heldFrom} and goes on there.',
    },
    open_stage_needed: {
      zh: '请选择进行中的阶段；赢单和丢单请使用各自的操作。',
      en: 'Choose an open stage; winning and losing are operations of their own.',
    },
    handover_not_yours: {
      zh: '只有新的负责人可以确认接收。请由其本人办理。',
      en: 'Only the new owner accepts a customer; ask them to.',
    },
    no_handover: {
      zh: '该客户没有移交记录，无需确认接收。',
      en: 'This customer was not handed over; there is nothing to accept.',
    },
    requirement_needed: {
      zh: '确认需求时请填写客户的需求。',
      en: 'Say what the customer needs when you confirm the requirement.',
    },
    requirement_without_stage: {
      zh: '需求只在“需求已确认”阶段填写。请改为该阶段，或去掉需求。',
      en: 'The requirement is told with the stage that confirms it; name that stage, or leave it out.',
    },
    won_value_needed: { zh: '赢单必须填写成交金额。', en: 'What is won has a value; name it.' },
    closed_before_made: {
      zh: '结束日期 {closedOn} 早于商机的业务日期 {businessDate}。',
      en: 'The end on {closedOn} lies before the business date of the opportunity, {businessDate}.',
    },
    man_needed: {
      zh: '请至少填写购买力、决策权、需求中的一项。',
      en: 'Say what is known of money, authority and need: one of them at least.',
    },
    lead_not_pooled: { zh: '该线索不在公海，不能领取。', en: 'The lead is not in the pool and cannot be claimed.' },
    lead_cooling_down: {
      zh: '您刚放弃过该线索，{until} 起才能再次领取。',
      en: 'You let this lead go yourself; you may claim it again from {until} on.',
    },
    lead_capacity_reached: {
      zh: '您持有的进行中线索已达上限（{capacity}），请先处理后再领取。',
      en: 'You hold {capacity} open leads already, which is the most; deal with some of them first.',
    },
    closed_before_engaged: {
      zh: '结束日期 {closedOn} 早于开始日期 {engagedOn}。',
      en: 'The end on {closedOn} lies before the beginning on {engagedOn}.',
    },
    credit_limit_not_positive: { zh: '资信额度必须大于零。', en: 'A credit limit is above zero.' },
    credit_span_reversed: {
      zh: '资信额度的截止日期 {validUntil} 必须晚于起始日期 {validFrom}。',
      en: 'The limit must end after it begins: {validUntil} is not behind {validFrom}.',
    },
    credit_in_other_currency: {
      zh: '资信额度必须使用公司本位币 {currency}。',
      en: 'A credit limit is in the currency of the company, {currency}.',
    },
  },
  things: {
    customer: { zh: '客户', en: 'customer' },
    parent_customer: { zh: '上级客户', en: 'parent customer' },
    contact: { zh: '联系人', en: 'contact' },
    lead: { zh: '线索', en: 'lead' },
    opportunity: { zh: '商机', en: 'opportunity' },
    credit_evaluation: { zh: '资信评估', en: 'credit evaluation' },
  },
  statuses: {
    potential: { zh: '潜在', en: 'potential' },
    'customer.active': { zh: '合作中', en: 'active' },
    at_risk: { zh: '有流失风险', en: 'at risk' },
    lapsed: { zh: '已流失', en: 'lapsed' },
    recalled: { zh: '已召回', en: 'won back' },
    new: { zh: '新建', en: 'new' },
    assigned: { zh: '已分配', en: 'assigned' },
    contacted: { zh: '已联系', en: 'contacted' },
    qualified: { zh: '已确认', en: 'qualified' },
    converted: { zh: '已转商机', en: 'converted' },
    nurturing: { zh: '培育中', en: 'nurtured' },
    recycled: { zh: '已回收至公海', en: 'back in the pool' },
    disqualified: { zh: '已排除', en: 'disqualified' },
    discovery: { zh: '发现需求', en: 'in discovery' },
    requirement_confirmed: { zh: '需求已确认', en: 'confirmed in its requirement' },
    solution: { zh: '方案设计', en: 'at the solution' },
    quoted: { zh: '已报价', en: 'quoted' },
    negotiation: { zh: '谈判中', en: 'in negotiation' },
    won: { zh: '已赢单', en: 'won' },
    lost: { zh: '已丢单', en: 'lost' },
    'opportunity.on_hold': { zh: '已搁置', en: 'on hold' },
    'credit_evaluation.draft': { zh: '草稿', en: 'a draft' },
    'credit_evaluation.pending': { zh: '待审批', en: 'waiting for approval' },
    'credit_evaluation.approved': { zh: '已批准', en: 'approved' },
    'credit_evaluation.rejected': { zh: '已驳回', en: 'rejected' },
    'credit_evaluation.returned': { zh: '已退回', en: 'returned' },
  },
} as const satisfies Catalog
