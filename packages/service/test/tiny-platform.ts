import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { create } from '@bufbuild/protobuf'
import type { GenService, GenServiceMethods } from '@bufbuild/protobuf/codegenv2'
import { when } from '@saleswright/bus'
import { instant } from '@saleswright/contracts'
import { CustomerChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import {
  PositionChangedSchema,
  SessionsRevokedSchema,
} from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { PositionSchema, PositionService } from '@saleswright/contracts/saleswright/organization/v1/position_pb.ts'
import { KeyService, TokenService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { type Aggregate, companyScope, derivedId, forbidden, newId } from '@saleswright/kernel'
import { type Bound, bind, client, type Implementation, scopeOf, sign } from '@saleswright/rpc'
import type { Mapping } from '@saleswright/store'
import mongoose from 'mongoose'
import type { Hosted, Job, Platform, ServiceDefinition } from '../src/index.ts'

/** A company in three services: positions are made in one, and two others react, the third one also to the second. */
export const COMPANY = newId()

type Named = Aggregate & { readonly title: string }

const mappingOf = (name: string): Mapping<Named, { title: string }> => ({
  name,
  collection: `${name}s`,
  schema: new mongoose.Schema({ title: String }, { strict: 'throw', versionKey: false }),
  version: 1,
  document: ({ title }) => ({ title }),
  record: ({ title }) => ({ title }),
  reaches: [],
})

/** A service of which a test needs only some methods. */
const partly = <M extends GenServiceMethods>(
  service: GenService<M>,
  some: Partial<Implementation<GenService<M>>>,
): Bound => {
  const refuse = async (): Promise<never> => {
    throw forbidden('permission_missing')
  }
  const all = Object.fromEntries(service.methods.map(({ localName }) => [localName, refuse]))
  return bind(service, { ...all, ...some } as Implementation<GenService<M>>)
}

export type Signer = { readonly kid: string; readonly privateKey: KeyObject; readonly x: string }

export const aSigner = (): Signer => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { kid: newId(), privateKey, x: publicKey.export({ format: 'jwk' }).x ?? '' }
}

export const tokenOf = (signer: Signer, { sub, sid }: { readonly sub: string; readonly sid: string }, now: Date) =>
  sign(
    {
      sub,
      sid,
      kind: 'staff',
      companyId: COMPANY,
      grants: ['organization.positions.write@company', 'organization.read@company'],
    },
    signer,
    { issuer: 'saleswright', now, expiresInSeconds: 300 },
  )

/** Positions and tokens. A position called "out" ends every session of the person who makes it. */
export const organizationWith = (signer: Signer): ServiceDefinition => ({
  name: 'organization',
  build: ({ store, clock, issuer, provesService }) => {
    const mapping = mappingOf('position')
    const positions = store.repository(mapping)
    const view = ({ id, title }: Named) => create(PositionSchema, { positionId: id, title })
    const tokens = partly(TokenService, {
      issueServiceToken: async ({ service, secret }) => {
        if (!provesService(service, secret)) throw forbidden('invalid_client')
        const claims = { sub: service, sid: newId(), kind: 'service', companyId: '', grants: [] } as const
        const accessToken = await sign(claims, signer, { issuer, now: clock.now(), expiresInSeconds: 300 })
        return { accessToken, expiresInSeconds: 300 }
      },
    })
    const keys = partly(KeyService, {
      getJwks: async () => ({
        keys: [{ kty: 'OKP', crv: 'Ed25519', x: signer.x, kid: signer.kid, alg: 'EdDSA', use: 'sig' }],
      }),
    })
    const position = partly(PositionService, {
      createPosition: async ({ title }, call) =>
        store.answer(call, PositionSchema, async (tx) => {
          const next: Named = { id: newId(), version: 0, companyId: call.actor.companyId, title }
          const told = create(PositionChangedSchema, { positionId: next.id, title })
          const ended = {
            subjectId: call.actor.id,
            issuedBefore: instant(new Date(call.at.getTime() + 1_000)),
            reason: 'left',
          }
          const events = title === 'out' ? [told, create(SessionsRevokedSchema, ended)] : [told]
          return view(tx.save(positions, { next, events }))
        }),
      getPosition: async ({ positionId }, call) => view(await positions.get(scopeOf(call), positionId)),
    })
    return { bounds: [tokens, keys, position], mappings: [mapping] }
  },
})

/** Makes a customer for each position, once its title can be swallowed. */
const customersThat = (swallow: (title: string) => void): ServiceDefinition => ({
  name: 'customers',
  build: ({ store }) => {
    const mapping = mappingOf('customer')
    const customers = store.repository(mapping)
    const copied = when(PositionChangedSchema, async ({ positionId, title }, { envelope, tx }) => {
      swallow(title)
      const id = derivedId('customer', positionId)
      const before = await tx.find(customers, companyScope(envelope.companyId), id)
      if (before) return
      const next: Named = { id, version: 0, companyId: envelope.companyId, title }
      tx.save(customers, { next, events: [create(CustomerChangedSchema, { customerId: id, name: title })] })
    })
    return {
      bounds: [],
      mappings: [mapping],
      reactions: [{ name: 'positions', from: ['organization'], handlers: [copied] }],
    }
  },
})

/** One row for each event of the other two; `Seen` is how a test looks into it. */
export type Seen = { readonly titles: () => Promise<readonly string[]> }

export const reportingThat = (seen: (seen: Seen) => void, jobs: readonly Job[] = []): ServiceDefinition => ({
  name: 'reporting',
  build: ({ store }: Platform) => {
    const mapping = mappingOf('row')
    const rows = store.repository(mapping)
    seen({
      titles: async () => (await rows.findBy(companyScope(COMPANY), {})).map(({ title }) => title).toSorted(),
    })
    const handlers = [
      when(PositionChangedSchema, async ({ title }, { envelope, tx }) => {
        tx.put(rows, { id: newId(), version: 0, companyId: envelope.companyId, title: `position ${title}` })
      }),
      when(CustomerChangedSchema, async ({ name }, { envelope, tx }) => {
        tx.put(rows, { id: newId(), version: 0, companyId: envelope.companyId, title: `customer ${name}` })
      }),
    ]
    return {
      bounds: [],
      jobs,
      mappings: [mapping],
      reactions: [{ name: 'rows', from: ['organization', 'customers'], handlers }],
    }
  },
})

export const PERSON = newId()

/** The three services, what the last one has seen, and how to make a position. */
export const tiny = (swallow: (title: string) => void = () => {}) => {
  const signer = aSigner()
  let seen: Seen = { titles: async () => [] }
  const reporting = reportingThat((found) => {
    seen = found
  })
  const token = (session = newId()) => tokenOf(signer, { sub: PERSON, sid: session }, new Date())
  const create = async (hosted: Pick<Hosted, 'transportOf'>, title: string, as?: string) => {
    const positions = client(PositionService, hosted.transportOf(PositionService))
    return positions.createPosition({ title }, { token: as ?? (await token()), idempotencyKey: newId() })
  }
  return {
    token,
    create,
    reporting,
    titles: () => seen.titles(),
    organization: organizationWith(signer),
    customers: customersThat(swallow),
  }
}
