import { simplified } from './chinese.ts'

/**
 * How a text of a request is read: on one line, on several, as a code (compared without case and width, kept in capitals), as an id
 * (a UUID in lower case, RFC 9562), or byte for byte (passwords, tokens, marks that we made ourselves).
 */
export type TextForm = 'line' | 'lines' | 'code' | 'id' | 'verbatim'

export type TextFault = {
  readonly rule: 'text.blank' | 'text.control' | 'text.invisible'
  /** The character at fault, "U+200B"; empty for a blank text. */
  readonly character: string
}

/** What a text is after its form was applied, or what is wrong with it. An empty text says nothing, and is no fault here. */
export type ReadText = { readonly text: string } | TextFault

const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u
const CONTROL_IN_LINES = /[\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]|(?![\n\t])\p{Cc}/u

/** Fillers, zero-width characters, bidirectional overrides, tags, annotations, and the Braille pattern that is a blank. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]/u

/** Invisible characters where they are needed: variants of Chinese characters and of pictures, and joiners in pictures and in scripts whose letters join. */
const NEEDED: readonly RegExp[] = [
  /(?<=[\p{Script=Han}\p{Extended_Pictographic}])[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu,
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic})/gu,
  /(?<=[\p{Script=Arabic}\p{Script=Bengali}\p{Script=Devanagari}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}])[\u200C\u200D](?=\p{L})/gu,
  /(?<=[\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}])[\u200C\u200D](?=\p{L})/gu,
]

const withoutNeeded = (text: string): string => NEEDED.reduce((rest, needed) => rest.replaceAll(needed, ''), text)

const UNUSUAL = /[^\u0020-\u007E]/
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi

const named = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

const faultIn = (text: string, form: TextForm): TextFault | undefined => {
  const [control] = (form === 'lines' ? CONTROL_IN_LINES : CONTROL).exec(text) ?? []
  if (control !== undefined) return { rule: 'text.control', character: named(control) }
  const [invisible] = INVISIBLE.exec(form === 'code' ? text : withoutNeeded(text)) ?? []
  return invisible === undefined ? undefined : { rule: 'text.invisible', character: named(invisible) }
}

/** Trimmed, composed (NFC), without characters that nobody sees, and not blank. */
export const readText = (sent: string, form: TextForm): ReadText => {
  if (form === 'verbatim' || sent === '') return { text: sent }
  const trimmed = (form === 'lines' ? sent.replaceAll('\r\n', '\n') : sent).trim()
  if (trimmed === '') return { rule: 'text.blank', character: '' }
  // Nearly all texts of programs are plain ASCII, and this runs for every field of every request.
  if (!UNUSUAL.test(trimmed)) return { text: writtenPlainly(trimmed, form) }
  return faultIn(trimmed, form) ?? { text: written(trimmed, form) }
}

const writtenPlainly = (text: string, form: TextForm): string => {
  if (form === 'code') return text.toUpperCase().replaceAll(/ {2,}/g, ' ')
  return form === 'id' ? written(text, form) : text
}

const written = (text: string, form: TextForm): string => {
  if (form === 'code') return codeKey(text)
  if (form === 'id') return /[A-F]/.test(text) ? text.replaceAll(UUID, (id) => id.toLowerCase()) : text
  return text.normalize('NFC')
}

/** What is left of a text where width, dashes and the number of blanks make no difference. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\p{Pd}\u2212]/gu, '-')
    .replaceAll(/\s+/gu, ' ')
    .trim()

/** A code as it is kept and compared: `ｐｕｍｐ－01` is `PUMP-01`. */
export const codeKey = (code: string): string => plain(plain(code).toUpperCase())

/**
 * A name as it is compared, where one must not be there twice: case, width, blanks, invisible characters and the difference of traditional
 * and simplified characters are nothing to it.
 */
export const nameKey = (name: string): string =>
  simplified(plain(plain(name.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')).toLowerCase()))
