import { nameKey as plainKey } from './text.ts'

// Longest first: what is left of a longer one would be taken for a shorter one. Traditional characters are simplified by then.
const ENDINGS =
  '股份有限公司 有限责任公司 有限合伙企业 股份公司 有限公司 有限合伙 公司 株式会社 合同会社 有限会社 合资会社 合名会社 유한책임회사 주식회사 유한회사'.split(
    ' ',
  )
/** Where Japanese and Korean names have them in front. */
const BEGINNINGS = ['株式会社', '合同会社', '有限会社', '유한책임회사', '주식회사', '유한회사']
/** ㈱, ㈲, ㈜ and （株） after their width was folded. */
const SHORT_FORMS = /\((?:株|有|주|유)\)/gu
const LATIN_FORMS: ReadonlySet<string> = new Set(
  'ltd limited inc incorporated co company corp corporation llc llp lp plc liability private pvt proprietary gmbh ag sa sas srl spa bv nv pte pty kg oy ab kk yk gk sdn bhd'.split(
    ' ',
  ),
)

/** `联合AB有限公司` → 联合, ab, 有限公司: Chinese stands together however it is spaced, and a dot or hyphen parts no word. */
const wordsOf = (name: string): readonly string[] => {
  const plain = plainKey(name)
  return (plain.replaceAll(SHORT_FORMS, ' ').trim() || plain)
    .replaceAll(/[.'’·‐-―-]/gu, '')
    .replaceAll(/(?<=\p{Script=Han})[^\p{L}\p{N}+#]+(?=\p{Script=Han})/gu, '')
    .replaceAll(/\p{Script=Han}+/gu, ' $& ')
    .split(/[^\p{L}\p{N}\p{M}+#]+/u)
    .filter(Boolean)
}

const withoutEnding = (words: readonly string[]): readonly string[] => {
  const last = words.at(-1) ?? ''
  if (LATIN_FORMS.has(last)) return words.slice(0, -1)
  const form = ENDINGS.find((ending) => last.endsWith(ending))
  if (form === undefined) return words
  const rest = last.slice(0, -form.length)
  return rest ? [...words.slice(0, -1), rest] : words.slice(0, -1)
}

const withoutBeginning = (words: readonly string[]): readonly string[] => {
  const [first = '', ...others] = words
  const form = BEGINNINGS.find((beginning) => first.startsWith(beginning))
  if (form === undefined) return words
  const rest = first.slice(form.length)
  return rest ? [rest, ...others] : others
}

/** Strips forms until none is left; a name of nothing else keeps what it would lose last. */
const stem = (words: readonly string[]): readonly string[] => {
  const ended = withoutEnding(words)
  const shorter = ended === words ? withoutBeginning(words) : ended
  return shorter.length === 0 || shorter === words ? words : stem(shorter)
}

/**
 * What two spellings of one company name have in common (R69): width, case, spaces, punctuation, traditional characters, invisible ones
 * and the legal form are folded away. `ＡＣＭＥ (China) Co., Ltd.` → `acmechina`; `華為技術有限公司` → `华为技术`. Signs that tell names apart
 * stay: C# and C++ are two.
 */
export const companyKey = (name: string): string => stem(wordsOf(name)).join('') || plainKey(name)
