import { describeWaysOut } from './ways-out.ts'

const statuses = new Map<string, 'open' | 'held' | 'done'>()
const put =
  (status: 'open' | 'held' | 'done') =>
  async (id: string = crypto.randomUUID()) => {
    statuses.set(id, status)
    return id
  }

describeWaysOut(
  'thing',
  { open: ['held', 'done'], held: ['open'], done: [] },
  {
    ends: ['done'],
    into: { open: () => put('open')(), held: () => put('held')(), done: () => put('done')() },
    out: { open: put('done'), held: put('open') },
    statusOf: async (id) => statuses.get(id) ?? 'open',
  },
)
