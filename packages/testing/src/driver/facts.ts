export const CURRENCY = 'CNY'
export const ZONE = 'Asia/Shanghai'

/** Business dates of the company, by the clock of this machine: it is a platform that runs. */
export const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format()
export const yearStart = (): string => `${today().slice(0, 4)}-01-01`

export const yuan = (amount: string) => ({ currencyCode: CURRENCY, amount })
