import { invalid } from '@saleswright/kernel'

/** What the contract's rules cannot ask for: an enum that says something, a message that is there. */
export const needed = <T>(value: T | undefined, field: string): T => {
  if (value === undefined) throw invalid('invalid_request', {}, [{ field, rule: 'required', message: 'is required' }])
  return value
}
