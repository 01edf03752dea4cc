import { type Language, ruleSentence, sentence, type Text } from '@saleswright/contracts'
import type { Params, Violation } from '@saleswright/kernel'

/** What is found is read by people of either language, long after it was found. */
export type Words = Text

const both = (say: (language: Language) => string): Words => ({ zh: say('zh-CN'), en: say('en') })

export const wordsOf = (code: string, params: Params = {}): Words =>
  both((language) => sentence({ code, params }, language))

export const wordsOfRule = (broken: Pick<Violation, 'rule' | 'message'>): Words =>
  both((language) => ruleSentence(broken, language))

export const inLanguage = ({ zh, en }: Words, language: Language): string => (language === 'en' ? en : zh)
