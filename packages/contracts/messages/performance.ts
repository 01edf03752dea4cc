import type { Catalog } from '../src/catalog.ts'

export const performance = {
  sentences: {
    basis_needed: { zh: '请说明目标按什么计算。', en: 'Say what counts towards the targets.' },
    node_kind_needed: { zh: '请说明目标属于组织还是人员。', en: 'Say whether a target is for a unit or for a person.' },
    nothing_to_supersede: {
      zh: '没有可以替代的 {period} 目标计划：只能替代同一对象、同一期间、同一计算口径和币种、已发布的计划。',
      en: 'There is no plan of {period} to take the place of: it must be published, for the same node, basis and currency.',
    },
    period_outside_plan: { zh: '期间 {period} 不在 {within} 内。', en: 'The period {period} is not in {within}.' },
    target_below_zero: { zh: '期间 {period} 的目标不能小于零。', en: 'The target for {period} is below zero.' },
    target_duplicate: { zh: '期间 {period} 的同一目标重复。', en: 'A target for {period} is there twice.' },
    target_is_count: {
      zh: '该目标按数量计算：请填写数量，不填金额和币种。',
      en: 'The target is a count: give a count, and neither an amount nor a currency.',
    },
    target_is_money: {
      zh: '该目标按金额计算：请填写金额和币种，不填数量。',
      en: 'The target is an amount of money: give an amount and a currency, and no count.',
    },
    target_kind_needed: {
      zh: '请说明目标是分解指标还是最低要求。',
      en: 'Say whether a target is a quota or a minimum.',
    },
    target_outside_plan: {
      zh: '期间 {period} 的目标不属于该计划的组织或人员。',
      en: 'A target for {period} is for a node that lies outside that of the plan.',
    },
    target_plan_exists: { zh: '{period} 的目标计划已存在。', en: 'There is a target plan for {period} already.' },
    targets_do_not_add_up_withheld: {
      zh: '{period} 的目标与其所属的上级目标不一致。',
      en: 'The targets for {period} do not add up to the target that they are a part of.',
    },
    targets_do_not_add_up: {
      zh: '“{name}”{period} 的目标为 {amount}，而下级目标之和为 {parts}。',
      en: 'The target of {name} for {period} is {amount}, and its parts add up to {parts}.',
    },
  },
  things: {
    target_plan: { zh: '目标计划', en: 'target plan' },
    target: { zh: '目标', en: 'target' },
    attainment: { zh: '达成情况', en: 'attainment' },
  },
  statuses: {
    published: { zh: '已发布', en: 'published' },
    superseded: { zh: '已被替代', en: 'superseded' },
  },
} as const satisfies Catalog
