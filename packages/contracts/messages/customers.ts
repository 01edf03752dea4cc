import type { Catalog } from '../src/catalog.ts'

export const customers = {
  sentences: {
    customer_cycle: { zh: '客户不能隶属于自身或其下级。', en: 'A customer cannot stand below itself.' },
    customer_exists: { zh: '该客户已存在。', en: 'This customer exists already.' },
    handover_to_owner: { zh: '该客户已由此人负责。', en: 'This person owns the customer already.' },
    lead_status_needs_migration: {
      zh: '只有数据迁移可以直接指定线索状态。',
      en: 'Only a migration may set the status of a lead.',
    },
    not_your_unit: { zh: '不属于您负责的组织单元。', en: 'This is not a unit of yours.' },
    opportunity_stage_needs_migration: {
      zh: '只有数据迁移可以直接指定商机阶段。',
      en: 'Only a migration may set the stage of an opportunity.',
    },
  },
  things: {
    customer: { zh: '客户', en: 'customer' },
    parent_customer: { zh: '上级客户', en: 'customer above' },
    contact: { zh: '联系人', en: 'contact' },
    lead: { zh: '线索', en: 'lead' },
    opportunity: { zh: '商机', en: 'opportunity' },
    credit_evaluation: { zh: '信用评估', en: 'credit evaluation' },
  },
  statuses: {
    potential: { zh: '潜在', en: 'potential' },
    at_risk: { zh: '有流失风险', en: 'at risk' },
    lapsed: { zh: '已流失', en: 'lapsed' },
    recalled: { zh: '已收回', en: 'recalled' },
    new: { zh: '新建', en: 'new' },
    assigned: { zh: '已分配', en: 'assigned' },
    contacted: { zh: '已联系', en: 'contacted' },
    qualified: { zh: '已确认', en: 'qualified' },
    converted: { zh: '已转化', en: 'converted' },
    nurturing: { zh: '培育中', en: 'being nurtured' },
    recycled: { zh: '已回收', en: 'recycled' },
    disqualified: { zh: '无效', en: 'disqualified' },
    discovery: { zh: '初步接洽', en: 'in discovery' },
    requirement_confirmed: { zh: '需求已确认', en: 'confirmed in its requirements' },
    solution: { zh: '方案阶段', en: 'at the solution' },
    quoted: { zh: '已报价', en: 'quoted' },
    negotiation: { zh: '谈判中', en: 'in negotiation' },
    won: { zh: '赢单', en: 'won' },
    lost: { zh: '输单', en: 'lost' },
  },
} as const satisfies Catalog
