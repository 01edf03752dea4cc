import { create, type Message } from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
import type { Source } from '../src/models/all.ts'
import type { Fact } from './facts.ts'

/** A fact, and the service that tells it. */
export type Sourced = Fact & { readonly source: Source }

export const teller =
  (source: Source) =>
  <M extends Message>(aggregateId: string, schema: GenMessage<M>, fields: object): Sourced => ({
    source,
    aggregateId,
    event: create(schema as unknown as GenMessage<Message>, fields as never),
  })

export const money = (amount: string, currencyCode = 'CNY') => ({ currencyCode, amount })
