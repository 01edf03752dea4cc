import type { Catalog } from '../src/catalog.ts'

export const gateway = {
  sentences: {
    import_file_missing: { zh: '缺少要导入的文件。', en: 'The file to import is missing.' },
    parked_event_not_first: {
      zh: '同一对象有更早的搁置事件，请先处理。',
      en: 'An earlier event of the same key is parked; deal with that one first.',
    },
    unknown_profile: { zh: '没有这个导入方案。', en: 'There is no such import profile.' },
  },
  things: {
    file: { zh: '文件', en: 'file' },
    import: { zh: '导入任务', en: 'import' },
    parked_event: { zh: '搁置事件', en: 'parked event' },
    webhook_endpoint: { zh: '回调地址', en: 'webhook endpoint' },
    webhook_delivery: { zh: '回调记录', en: 'webhook delivery' },
    audit_entry: { zh: '审计记录', en: 'audit entry' },
  },
  statuses: {
    queued: { zh: '排队中', en: 'queued' },
    running: { zh: '进行中', en: 'running' },
    done: { zh: '已完成', en: 'done' },
    failed: { zh: '失败', en: 'failed' },
  },
} as const satisfies Catalog
