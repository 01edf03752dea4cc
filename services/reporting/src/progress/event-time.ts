/** The instant that a UUIDv7 was made at; undefined for any other id. */
export const eventTime = (eventId: string): Date | undefined => {
  const hex = eventId.replaceAll('-', '')
  return hex[12] === '7' ? new Date(Number.parseInt(hex.slice(0, 12), 16)) : undefined
}
