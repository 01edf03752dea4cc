import { optional, type Platform, readConfig, wholeNumber } from '@saleswright/service'

const days = wholeNumber(0, 3_650, 'a number of days up to 3650')

export const readOrdersSettings = (config: Platform['config']) =>
  readConfig(
    {
      /** From a bill on credit to its due date. */
      creditDays: optional('ORDERS_CREDIT_DAYS', days, 30),
      /** From a payment request to the day it is due. */
      prepayDays: optional('ORDERS_PREPAY_DAYS', days, 7),
    },
    config,
  )
