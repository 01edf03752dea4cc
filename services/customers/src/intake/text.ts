import { invalid } from '@saleswright/kernel'

/** A text without blanks around it; one of nothing but blanks is refused like an empty one. */
export const filled = (field: string, text: string): string => {
  const trimmed = text.trim()
  if (trimmed) return trimmed
  throw invalid('invalid_request', {}, [{ field, rule: 'string.min_len', message: 'must have at least 1 character' }])
}
