import { companyScope } from '@saleswright/kernel'

/** Stands where a company stands, for what belongs to the whole installation: signing keys, sign-ins of unknown names. */
export const INSTALLATION = '00000000-0000-0000-0000-000000000000'
export const installationScope = companyScope(INSTALLATION)
