import { invalid } from '@saleswright/kernel'

/** GB 32100-2015: digits and letters without I, O, S, V and Z, each worth its place. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const LENGTH = 18
const MODULUS = ALPHABET.length

/** Whether the last character of a unified social credit code (统一社会信用代码) is the one that the others give. */
const isSound = (code: string): boolean => {
  const values = Array.from(code, (character) => ALPHABET.indexOf(character))
  if (values.length !== LENGTH || values.includes(-1)) return false
  const sum = values.slice(0, -1).reduce((total, value, index) => total + value * (3 ** index % MODULUS), 0)
  return values.at(-1) === (MODULUS - (sum % MODULUS)) % MODULUS
}

/** The code as it was sent; `credit_code_invalid` where it can be nobody's. */
export const creditCodeIn = (code: string): string => {
  if (isSound(code)) return code
  const message = 'is no unified social credit code (GB 32100-2015): its check character is wrong'
  throw invalid('credit_code_invalid', { creditCode: code }, [
    { field: 'creditCode', rule: 'credit_code_invalid', message },
  ])
}
