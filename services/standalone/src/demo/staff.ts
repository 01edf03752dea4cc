/** Nobody in particular: people are called by what they do. */
export type Member = {
  /** The name that they sign in with. */
  readonly account: string
  readonly displayName: string
  readonly position: Position
  /** The unit by its name; the company itself when absent. */
  readonly team?: string
  /** By account. */
  readonly manager?: string
}

export type Rep = Member & { readonly team: string; readonly manager: string }

export type Position = keyof typeof GRANTS

const REGIONS = [
  { name: '华东', account: 'east' },
  { name: '华南', account: 'south' },
  { name: '华北', account: 'north' },
  { name: '西南', account: 'southwest' },
] as const
const TEAMS = ['一组', '二组'] as const
export const REPS_OF_A_TEAM = 3

/** Who reaches how far with what, by position. */
export const GRANTS = {
  销售代表: [
    ...at('self', 'customers.read customers.write leads.read leads.write opportunities.read opportunities.write'),
    ...at('self', 'contacts.read contacts.write orders.read orders.write orders.price orders.acknowledge orders.hold'),
    ...at('self', 'orders.cancel shipments.read receivables.read payments.read credit.read credit.write'),
    ...at('self', 'commission.read commission.statements.confirm targets.write'),
    ...at('self', 'organization.approvals.read organization.approvals.withdraw'),
    ...at('team', 'targets.read reports.read'),
    ...at('company', 'products.read prices.read stock.read organization.read'),
  ],
  销售经理: [
    ...at('subtree', 'customers.read customers.write customers.handover leads.read leads.write leads.assign'),
    ...at('subtree', 'contacts.read contacts.write opportunities.read opportunities.write'),
    ...at(
      'subtree',
      'orders.read orders.write orders.price orders.acknowledge orders.hold orders.cancel shipments.read',
    ),
    ...at(
      'subtree',
      'receivables.read payments.read credit.read credit.write commission.read targets.read reports.read',
    ),
    ...at('subtree', 'organization.approvals.read organization.approvals.decide organization.approvals.withdraw'),
    ...at('subtree', 'organization.delegations.write targets.write targets.publish'),
    ...at('company', 'products.read prices.read stock.read organization.read'),
  ],
  销售总监: [
    ...at('company', 'customers.read customers.handover leads.read leads.assign opportunities.read orders.read'),
    ...at(
      'company',
      'products.read products.write prices.read prices.write prices.floors.write stock.read shipments.read receivables.read',
    ),
    ...at(
      'company',
      'payments.read credit.read targets.read targets.write targets.publish reports.read ledger.read production.read',
    ),
    ...at('company', 'commission.read commission.plans.activate commission.statements.publish organization.read'),
    ...at('company', 'organization.approvals.read organization.approvals.decide organization.approvals.withdraw'),
    ...at('company', 'organization.delegations.write'),
  ],
  财务专员: [
    ...at('company', 'orders.read orders.funds orders.release orders.complete shipments.read'),
    ...at('company', 'customers.read receivables.read'),
    ...at(
      'company',
      'receivables.write_off payments.read payments.write payments.confirm payments.refund ledger.read credit.read reports.read organization.read',
    ),
    ...at('company', 'commission.read commission.plans.write files.read files.write targets.read targets.write'),
  ],
  仓库管理员: [
    ...at('company', 'products.read stock.read stock.write production.read orders.read orders.acknowledge'),
    ...at('company', 'shipments.read shipments.plan shipments.ship shipments.deliver'),
    ...at('company', 'files.read files.write organization.read'),
  ],
  // The year before the first day of use was brought in by these two: one writes it down, the other one vouches for the money.
  历史数据录入: at(
    'company',
    'migration customers.read customers.write contacts.read contacts.write leads.read leads.write opportunities.read opportunities.write orders.read orders.write orders.price orders.acknowledge orders.cancel orders.release orders.complete shipments.read shipments.plan shipments.ship shipments.deliver receivables.read files.read files.write organization.approvals.read organization.read',
  ),
  历史数据复核: at(
    'company',
    'migration orders.read receivables.read payments.read payments.write payments.confirm files.read files.write organization.read',
  ),
} as const satisfies Record<string, readonly string[]>

function at(reach: string, permissions: string): readonly string[] {
  return permissions.split(' ').map((permission) => `${permission}@${reach}`)
}

export const DIRECTOR: Member = { account: 'director', displayName: '销售总监', position: '销售总监' }
export const FINANCE: Member = { account: 'finance-01', displayName: '财务专员 01', position: '财务专员' }
export const FINANCE_CHECK: Member = { account: 'finance-02', displayName: '财务专员 02', position: '财务专员' }
export const WAREHOUSE: Member = { account: 'warehouse-01', displayName: '仓库管理员 01', position: '仓库管理员' }
export const HISTORY: Member = { account: 'history-01', displayName: '历史数据录入 01', position: '历史数据录入' }
export const HISTORY_CHECK: Member = { account: 'history-02', displayName: '历史数据复核 01', position: '历史数据复核' }

export type Team = {
  readonly name: string
  readonly region: string
  readonly manager: Member
  readonly reps: readonly Rep[]
}

const teamOf = (region: (typeof REGIONS)[number], index: number): Team => {
  const name = `${region.name}${TEAMS[index]}`
  const account = `${region.account}-${index + 1}`
  const manager: Member = {
    account: `${account}-manager`,
    displayName: `${name}销售经理`,
    position: '销售经理',
    team: name,
    manager: DIRECTOR.account,
  }
  const reps = Array.from({ length: REPS_OF_A_TEAM }, (_, number): Rep => {
    const no = String(number + 1).padStart(2, '0')
    return {
      account: `${account}-rep-${no}`,
      displayName: `${name}销售代表 ${no}`,
      position: '销售代表',
      team: name,
      manager: manager.account,
    }
  })
  return { name, region: region.name, manager, reps }
}

export const REGION_NAMES: readonly string[] = REGIONS.map(({ name }) => name)
export const ALL_TEAMS: readonly Team[] = REGIONS.flatMap((region) => TEAMS.map((_, index) => teamOf(region, index)))
export const REPS: readonly Rep[] = ALL_TEAMS.flatMap(({ reps }) => reps)

/** Everybody, superiors before those who work for them. */
export const STAFF: readonly Member[] = [
  DIRECTOR,
  FINANCE,
  FINANCE_CHECK,
  WAREHOUSE,
  HISTORY,
  HISTORY_CHECK,
  ...ALL_TEAMS.map(({ manager }) => manager),
  ...REPS,
]

/** Who signs in as what, beside the staff. */
export const ADMINISTRATOR = { account: 'admin', displayName: '系统管理员' }
