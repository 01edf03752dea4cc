import { pinyin } from 'pinyin-pro'

const FIRST = { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' } as const

/**
 * 上海金桥 → shjq. A character of several readings counts by the word that it stands in: 银行 → yh, 行长 → hz. As a surname at the
 * beginning it may have yet another one (曾国藩 → zgf), so that there may be two answers.
 */
export const initials = (chinese: string): readonly string[] => [
  ...new Set([pinyin(chinese, FIRST).join(''), pinyin(chinese, { ...FIRST, surname: 'head' }).join('')]),
]
