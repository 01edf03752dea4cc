import type { Catalog } from '../src/catalog.ts'

export const performance = {
  sentences: {
    node_kind_needed: { zh: '请说明目标属于组织还是人员。', en: 'Say whether a target is for a unit or for a person.' },
    nothing_to_supersede: {
      zh: '没有可以替代的 {year} 年目标计划：只能替代同一组织、同一币种、已发布的计划。',
      en: 'There is no plan of {year} to take the place of: it must be published, of the same unit and currency.',
    },
    period_outside_year: { zh: '期间 {period} 不在 {year} 年内。', en: 'The period {period} is not in {year}.' },
    target_below_zero: { zh: '期间 {period} 的目标不能小于零。', en: 'The target for {period} is below zero.' },
    target_duplicate: { zh: '期间 {period} 的同一目标重复。', en: 'A target for {period} is there twice.' },
    target_plan_exists: { zh: '{year} 年的目标计划已存在。', en: 'There is a target plan for {year} already.' },
    targets_do_not_add_up: {
      zh: '“{name}”{period} 的目标为 {amount} {currency}，而下级目标之和为 {parts} {currency}。',
      en: 'The target of {name} for {period} is {amount} {currency}, and its parts add up to {parts} {currency}.',
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
