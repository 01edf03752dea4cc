import type { Catalog } from '../src/catalog.ts'

export const performance = {
  sentences: {
    target_duplicate: { zh: '目标重复。', en: 'A target is there twice.' },
    target_plan_exists: { zh: '该期间的目标计划已存在。', en: 'A target plan for this period exists already.' },
    targets_do_not_add_up: {
      zh: '下级目标之和与上级目标不符。',
      en: 'The targets below do not add up to the one above.',
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
