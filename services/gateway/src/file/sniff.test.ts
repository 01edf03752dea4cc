import { expect, test } from 'vitest'
import { sniff } from './sniff.ts'

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['image/jpeg', '\xff\xd8\xff\xe1'],
  ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['image/heic', '\0\0\0\x18ftypheic'],
  ['application/pdf', '%PDF-1.7'],
  ['application/zip', 'PK\x03\x04'],
  ['text/plain', 'PNG'],
  ['text/plain', ''],
  ['application/octet-stream', '\x89PNG'],
  ['application/octet-stream', 'RIFF\x24\0\0\0WAVEfmt '],
])('%s by its first bytes', (type, bytes) => {
  expect(sniff(Buffer.from(bytes, 'latin1'))).toBe(type)
})
