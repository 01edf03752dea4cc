export { type PolicyBook, policyBook } from './book.ts'
export { choice, type PolicyDefinition, wholeNumber } from './definition.ts'
export { policyRpc } from './policy-rpc.ts'
export { policyMapping } from './policy-store.ts'
