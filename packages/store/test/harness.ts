import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create, type DescMessage, type Message } from '@bufbuild/protobuf'
import { StringValueSchema } from '@bufbuild/protobuf/wkt'
import { startInWorker } from '@saleswright/embedded'
import {
  type Actor,
  type Aggregate,
  AppError,
  type Cause,
  type Command,
  companyScope,
  type Decision,
  newId,
} from '@saleswright/kernel'
import mongoose, { type Connection } from 'mongoose'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Mapping } from '../src/index.ts'
import { connectStore, openStore, type StoreOptions } from '../src/store.ts'

export const COMPANY = 'c1'
export const ALL = companyScope(COMPANY)

export type Account = Aggregate & {
  readonly owner: string
  readonly balance: bigint
  readonly note?: string
  readonly iban?: string
  readonly lines: readonly { readonly no: number; readonly amount: number }[]
}
type AccountDocument = {
  owner: string
  balance: number
  note?: string | undefined
  iban?: string | undefined
  lines: readonly { readonly no: number; readonly amount: number }[]
}

const { Schema } = mongoose

export const ACCOUNTS: Mapping<Account, AccountDocument> = {
  name: 'account',
  collection: 'accounts',
  schema: new Schema<AccountDocument>(
    {
      owner: { type: String, required: true },
      balance: { type: Number, required: true },
      note: String,
      iban: String,
      lines: [{ no: Number, amount: Number }],
    },
    { strict: 'throw', versionKey: false },
  ).index({ companyId: 1, iban: 1 }, { unique: true, partialFilterExpression: { iban: { $exists: true } } }),
  version: 1,
  document: ({ owner, balance, note, iban, lines }) => ({ owner, balance: Number(balance), note, iban, lines }),
  record: ({ owner, balance, note, iban, lines }) => ({
    owner,
    balance: BigInt(balance),
    lines,
    ...(note !== undefined && { note }),
    ...(iban !== undefined && { iban }),
  }),
  orders: { owner: 'owner', note: 'note', balance: ['balance', '-owner'] },
  uniques: { companyId_1_iban_1: 'iban_taken' },
  sensitive: ['iban'],
}

export const told = (text: string): Message => create(StringValueSchema, { value: text })

export const describeEvent = (typeName: string): DescMessage => {
  if (typeName !== StringValueSchema.typeName) throw new Error(`no such event: ${typeName}`)
  return StringValueSchema
}

export const account = (more: Partial<Account> = {}): Account => ({
  id: newId(),
  version: 0,
  companyId: COMPANY,
  owner: 'Li',
  balance: 0n,
  lines: [],
  ...more,
})

export const opened = (record: Account): Decision<Account> => ({ next: record, events: [told('opened')] })
export const paidIn = (record: Account, amount: bigint): Decision<Account> => ({
  next: { ...record, balance: record.balance + amount },
  events: [told(`paid in ${amount}`)],
})

export const staff = (id = 'p1', more: Partial<Actor> = {}): Actor => ({
  id,
  kind: 'staff',
  companyId: COMPANY,
  grants: new Map([['accounts.write', 'company']]),
  ...more,
})
export const cause = (actor = staff()): Cause => ({ actor, at: new Date(), correlationId: 'r1' })
export const command = (key: string, more: Partial<Command> & { permission?: string } = {}) => ({
  ...cause(),
  mark: `p1|m|${key}`,
  bodyHash: 'h1',
  permission: 'accounts.write',
  ...more,
})

let made = 0

/** One engine for a test file; every store has a database of its own unless it names one. */
export const withEngine = () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-test-'))
  const engine = {} as { uri: string; connection: Connection; stop: () => Promise<void> }
  beforeAll(async () => {
    const running = await startInWorker({ mongo: { folder, listen: join(folder, 'm.sock') } })
    engine.uri = running.mongo
    engine.stop = running.stop
    engine.connection = await connectStore(running.mongo)
  })
  afterAll(async () => {
    await engine.connection.close()
    await engine.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const open = async (options: Partial<StoreOptions> = {}) => {
    const name = options.name ?? `t${++made}`
    const store = openStore({ connection: engine.connection, describe: describeEvent, ...options, name })
    const accounts = store.repository(ACCOUNTS)
    await store.start()
    return { store, accounts, name, db: engine.connection.getClient().db(name) }
  }
  return { engine, open }
}

/** The refusal that a call ends in. */
export const refusal = async (call: Promise<unknown>): Promise<AppError> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(AppError)
  return error as AppError
}
