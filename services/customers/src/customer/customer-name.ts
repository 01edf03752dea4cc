// Longest first: what is left of a longer one would be taken for a shorter one.
const CHINESE_FORMS = ['股份有限公司', '有限责任公司', '有限責任公司', '股份公司', '有限公司', '公司']
const LATIN_FORMS: ReadonlySet<string> = new Set(
  'ltd limited inc incorporated co company corp corporation llc llp plc gmbh ag sa sas srl spa bv nv pte pty kg oy ab'.split(
    ' ',
  ),
)

/** `联合AB有限公司` → 联合, ab, 有限公司: Chinese stands together however it is spaced, and a dot or hyphen parts no word. */
const wordsOf = (name: string): readonly string[] =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[.'’·‐-―-]/gu, '')
    .replaceAll(/(?<=\p{Script=Han})[^\p{L}\p{N}]+(?=\p{Script=Han})/gu, '')
    .replaceAll(/\p{Script=Han}+/gu, ' $& ')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)

const withoutForm = (words: readonly string[]): readonly string[] => {
  const last = words.at(-1) ?? ''
  if (LATIN_FORMS.has(last)) return words.slice(0, -1)
  const form = CHINESE_FORMS.find((ending) => last.endsWith(ending))
  if (form === undefined) return words
  const rest = last.slice(0, -form.length)
  return rest ? [...words.slice(0, -1), rest] : words.slice(0, -1)
}

/** Strips endings until none is left; a name of nothing else keeps what it would lose last. */
const stem = (words: readonly string[]): readonly string[] => {
  const shorter = withoutForm(words)
  return shorter.length === 0 || shorter === words ? words : stem(shorter)
}

/**
 * What two spellings of one company name have in common (R69): width, case, spaces, punctuation and the legal form at the end
 * are folded away. `ＡＣＭＥ (China) Co., Ltd.` → `acmechina`; `上海 金桥（集团）有限公司` → `上海金桥集团`.
 */
export const nameKey = (name: string): string => stem(wordsOf(name)).join('') || name.trim()
