/** The form of business dates in the contract. */
const DAY_PATTERN = '^(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}$'

export const isDayPattern = (pattern: string | undefined): boolean => pattern === DAY_PATTERN
