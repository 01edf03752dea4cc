/** First bytes of the types that we take, longest first where one begins like another. */
const MAGIC: readonly (readonly [string, readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04]],
]

/** What a file is by its first bytes; what the sender says of it is not believed. */
export const sniff = (head: Buffer): string => {
  const known = MAGIC.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte))
  if (known) return known[0]
  return isText(head) ? 'text/plain' : 'application/octet-stream'
}

/** A character that the cut at the end of the head divided is no fault. */
const isText = (head: Buffer): boolean => {
  const text = head.toString('utf8')
  return !text.includes('\0') && !text.slice(0, -4).includes('\uFFFD')
}
