import { type Accounts, passwordOf } from './accounts.ts'
import type { Plan } from './plan.ts'
import { ALL_TEAMS } from './staff.ts'

type Guide = {
  readonly address: string
  readonly accounts: Accounts
  readonly accountsFile: string
  readonly plan: Plan
}

/** What is shown once, when the demo company is there: who one may be, and what to try. */
export const guideOf = ({ address, accounts, accountsFile, plan }: Guide): string => {
  const { manager, rep } = whoDecides(plan)
  const shown = ['admin', 'director', manager, rep, 'finance-01', 'finance-02', 'warehouse-01']
  const people = accounts.people.filter(({ account }) => shown.includes(account))
  const width = Math.max(...people.map(({ account }) => account.length))
  const lines = people.map(({ account, password, name }) => `  ${account.padEnd(width)}  ${password}  ${name}`)
  const credentials = JSON.stringify({ accountName: manager, password: passwordOf(accounts, manager) })
  const get = (path: string): string => `  curl -s '${address}${path}' -H "authorization: Bearer $TOKEN"`
  return `The demo company is there. Some of its sign-ins; all of them, and those of a partner's program, are in ${accountsFile}:

${lines.join('\n')}

To try next, as a sales manager:

  TOKEN=$(curl -s ${address}/v1/sessions -H 'content-type: application/json' -d '${credentials}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
${get('/v1/orders?pageSize=2&withTotal=true')}
${get('/v1/approvals?waitingForMe=true')}
${get('/v1/reports/sales?groupBy=month')}

The reference of the API: ${address}/docs`
}

/** A manager who finds a price to decide, and a rep of the same team. */
const whoDecides = ({ tasks, buyers }: Plan): { readonly manager: string; readonly rep: string } => {
  const asked = tasks.find(({ errand }) => errand === 'PRICE_TO_DECIDE')
  const owner = asked && buyers[asked.buyer]?.owner
  const team = ALL_TEAMS.find(({ name }) => name === owner?.team) ?? ALL_TEAMS[0]
  return { manager: team?.manager.account ?? '', rep: owner?.account ?? team?.reps[0]?.account ?? '' }
}
