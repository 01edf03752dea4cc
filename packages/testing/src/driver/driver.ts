/*
 * A program that drives a platform over HTTP, as every client would. It knows nothing but an address, and needs no test runner:
 * tests of faults, benchmarks and checks use it.
 */
export { allOf } from './all-of.ts'
export { borrowers } from './borrowers.ts'
export { catalogue } from './catalogue.ts'
export { type Company, found, type Installation, type Size } from './company.ts'
export { type Answer, type Http, httpTo, type Json, Unanswered } from './http.ts'
export { type Journal, openJournal } from './journal.ts'
export { bodyOf, contentOf, type OrderDriver, orderDriver, type Wish } from './orders.ts'
export { pay } from './payments.ts'
export {
  type Hands,
  type Owner,
  PASSWORD,
  SETUP,
  setPassword,
  setUp,
  setupTokenOf,
  signIn,
  signInAs,
} from './sign-in.ts'
