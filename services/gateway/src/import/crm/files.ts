export const ACCOUNTS = 'accounts.csv'
export const PRODUCTS = 'products.csv'
export const TEAMS = 'sales_teams.csv'
export const PIPELINE = 'sales_pipeline.csv'

/** The system that external references name. */
const SYSTEM = 'crm'

/** References are unique in a company whatever they refer to, so they say what that is. */
export const ref = (kind: string, name: string) => ({ system: SYSTEM, id: `${kind}:${name}` })
