import { appliedOnce, rebuildsTheSame } from './ledger-effects.ts'
import { auditHolds, changesAreTold } from './ledger-events.ts'
import type { Facts, Finding, Rule } from './ledger-facts.ts'
import { moneyAgrees, stockAndCreditAreExact } from './ledger-money.ts'
import { ackedAreThere, oneForEach, unansweredAreWhole } from './ledger-orders.ts'

export type * from './ledger-facts.ts'
export { type Entry, intentsOf } from './ledger-journal.ts'

const WORDS: Readonly<Record<Rule, string>> = {
  L1: 'acknowledged orders are there as asked for',
  L2: 'orders are alone under their key and number',
  L3: 'unanswered or refused commands left nothing or one order',
  L4: 'events tell every change and were published in order',
  L5: 'events had their effect at each consumer once',
  L6: 'orders have the same money in orders, reports, attainment and commission',
  L7: 'stock items and credit accounts are exact',
  L8: 'events stand in chains that verify',
  L9: 'events make the same read models again',
}

const RULES = [
  ackedAreThere,
  oneForEach,
  unansweredAreWhole,
  changesAreTold,
  appliedOnce,
  moneyAgrees,
  stockAndCreditAreExact,
  auditHolds,
  rebuildsTheSame,
] as const

/** Nothing lost, nothing doubled: L1 to L9, in their order. */
export const checkLedger = (facts: Facts): readonly Finding[] => RULES.map((rule) => rule(facts))

/** The rules that are broken. */
export const broken = (findings: readonly Finding[]): readonly Rule[] =>
  findings.flatMap(({ rule, faults }) => (faults.length > 0 ? [rule] : []))

/** The faults, each with its rule: empty when all is well. */
export const faultsIn = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap(({ rule, faults }) => faults.map((fault) => `${rule} ${fault}`))

const SHOWN = 3

/** A line for each rule: what was checked, what is broken, and what the run had nothing for. */
export const ledgerReport = (findings: readonly Finding[]): string =>
  findings
    .map(({ rule, checked, faults }) => {
      if (faults.length > 0) return `${rule} BROKEN (${faults.length}): ${faults.slice(0, SHOWN).join('; ')}`
      return checked === 0 ? `${rule} not exercised by this run` : `${rule} holds: ${checked} ${WORDS[rule]}`
    })
    .join('\n')
