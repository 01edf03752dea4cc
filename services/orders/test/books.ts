import {
  LedgerLine_Account_Kind,
  PaymentRequest_Status,
  Receivable_Status,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { expect } from 'vitest'
import type { Someone, Stage } from './stage.ts'

export type Amount = { readonly currencyCode: string; readonly amount: string }
export const minor = ({ amount }: Amount): number => Math.round(Number(amount) * 100)
export const inCurrency = (currencyCode: string, value: number): Amount => ({
  currencyCode,
  amount: (value / 100).toFixed(2),
})

/** The records of one customer, as somebody with the permissions reads them. */
export const booksOf = async (stage: Stage, reader: Someone, customerId: string) => {
  const { orders, payments, paymentRequests, receivables } = stage
  const all = { customerId, pageSize: 200 }
  const who = reader.as()
  return {
    bills: (await receivables.listReceivables(all, who)).receivables,
    requests: (await paymentRequests.listPaymentRequests(all, who)).paymentRequests,
    payments: (await payments.listPayments(all, who)).payments,
    orders: (await orders.listOrders(all, who)).orders,
    lines: (await stage.ledger.listLedgerLines(all, who)).ledgerLines,
  }
}
export type Books = Awaited<ReturnType<typeof booksOf>>

const CURRENCIES = ['CNY', 'USD']

const balance = ({ lines }: Books, account: LedgerLine_Account_Kind, currency: string): number =>
  lines
    .filter(({ amount }) => amount!.currencyCode === currency)
    .reduce((sum, { debit, credit, amount }) => {
      const size = minor(amount!)
      return sum + (debit === account ? size : 0) - (credit === account ? size : 0)
    }, 0)

const total = (amounts: readonly (Amount | undefined)[], currency: string): number =>
  amounts.reduce((sum, amount) => sum + (amount?.currencyCode === currency ? minor(amount) : 0), 0)

/** For each currency: the ledger is what is open of bills less what is on account, and its cash is what payments brought. */
export const expectExact = (books: Books): void => {
  for (const currency of CURRENCIES) {
    const open = total(
      books.bills.map((bill) => bill.open),
      currency,
    )
    const confirmed = books.payments.filter(({ onAccount }) => onAccount)
    const lying = total(
      confirmed.map(({ onAccount }) => onAccount),
      currency,
    )
    const kept =
      total(
        confirmed.map(({ amount }) => amount),
        currency,
      ) -
      total(
        confirmed.map((one) => one.refunded),
        currency,
      )
    const ledger = (account: LedgerLine_Account_Kind) => balance(books, account, currency)
    expect({
      receivables: ledger(LedgerLine_Account_Kind.RECEIVABLES),
      unapplied: 0 - ledger(LedgerLine_Account_Kind.UNAPPLIED_CASH),
      cash: ledger(LedgerLine_Account_Kind.CASH),
    }).toEqual({ receivables: open, unapplied: lying, cash: kept })
    const reserved = books.requests
      .filter(({ status }) => status === PaymentRequest_Status.OPEN)
      .map(({ received }) => received)
    expect(total(reserved, currency)).toBeLessThanOrEqual(lying)
  }
  for (const order of books.orders) {
    const bills = books.bills.filter(
      ({ orderId, status }) => orderId === order.orderId && status !== Receivable_Status.CANCELLED,
    )
    const [collected, given] = [bills.map((bill) => bill.collected), bills.map((bill) => bill.writtenOff)]
    const currency = order.gross!.currencyCode
    expect([total(collected, currency), total(given, currency)]).toEqual([
      minor(order.collected!),
      minor(order.writtenOff!),
    ])
  }
}
