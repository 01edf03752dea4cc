type Mark = { readonly type: string; readonly at: number; readonly bytes: Buffer }

const mark = (type: string, bytes: string, at = 0): Mark => ({ type, at, bytes: Buffer.from(bytes, 'latin1') })

/** Bytes that the types that we take begin with, or have behind the length of their first part. */
const MARKS: readonly Mark[] = [
  mark('image/png', '\x89PNG\r\n\x1a\n'),
  mark('image/jpeg', '\xff\xd8\xff'),
  mark('image/webp', 'WEBPVP8', 8),
  // What telephones take photos in.
  ...['heic', 'heix', 'mif1'].map((brand) => mark('image/heic', `ftyp${brand}`, 4)),
  mark('application/pdf', '%PDF'),
  mark('application/zip', 'PK\x03\x04'),
]

/** What a file is by its first bytes; what the sender says of it is not believed. */
export const sniff = (head: Buffer): string => {
  const known = MARKS.find(({ at, bytes }) => head.subarray(at, at + bytes.length).equals(bytes))
  if (known) return known.type
  return isText(head) ? 'text/plain' : 'application/octet-stream'
}

/** A character that the cut at the end of the head divided is no fault. */
const isText = (head: Buffer): boolean => {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true }).includes('\0')
  } catch {
    return false
  }
}
