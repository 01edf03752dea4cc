import type { Scope } from '@saleswright/kernel'

/** Whether a scope leaves nothing of its company out. */
export const isCompanyWide = ({ equals }: Scope): boolean => Object.keys(equals).length === 1
