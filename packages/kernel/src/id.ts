import { v5, v7 } from 'uuid'

/** A new id: UUIDv7, rising within a process, so that the newest rows lie together. */
export const newId = (): string => v7()

const NAMESPACE = '6f1d6d0e-3c0b-4a52-9a53-0d0b5f6a7c11'

/** The same id for the same words, always: for the steps of a larger command and for cases that must not open twice. */
export const derivedId = (...words: readonly string[]): string => v5(words.join('|'), NAMESPACE)
