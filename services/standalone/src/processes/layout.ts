import { join } from 'node:path'
import { addressVariable, type Context } from '@saleswright/service'
import type { DataFolder } from '../data-folder.ts'
import { freePort } from './ports.ts'

/** The services that run as processes; each is a folder of services/ with a main.ts. */
export const NAMES = [
  'organization',
  'customers',
  'orders',
  'performance',
  'incentives',
  'reporting',
  'gateway',
] as const satisfies readonly Context[]
export type Name = (typeof NAMES)[number]

/** Where a service answers gRPC: a socket that only the owner reaches. */
export const grpcAddress = ({ sockets }: DataFolder, name: Name): string => `unix:${join(sockets, `${name}.sock`)}`

export const programOf = (name: Name): URL => new URL(`../../../${name}/src/main.ts`, import.meta.url)

type Laying = {
  readonly folder: DataFolder
  readonly engines: { readonly mongo: string; readonly kafka: string }
  readonly keyFile: string
  readonly setupToken: string
  readonly http: { readonly host: string; readonly port: number }
  readonly logLevel: string
}

export type Place = { readonly operatorPort: number; readonly variables: Readonly<Record<string, string>> }

/** What a service is told by its environment: the engines, the key, and where the others are. */
export const layOut = async (name: Name, laying: Laying): Promise<Place> => {
  const { folder, engines, keyFile, setupToken, http, logLevel } = laying
  const operatorPort = await freePort(0)
  const addresses = NAMES.map((other) => [addressVariable(other), grpcAddress(folder, other)])
  return {
    operatorPort,
    variables: {
      ...Object.fromEntries(addresses),
      MONGODB_URI: engines.mongo,
      KAFKA_BROKERS: engines.kafka,
      SALESWRIGHT_KEY: '',
      SALESWRIGHT_KEY_FILE: keyFile,
      LISTEN: grpcAddress(folder, name),
      ADVERTISE: grpcAddress(folder, name),
      OPERATOR_PORT: String(operatorPort),
      OPERATOR_HOST: '127.0.0.1',
      LOG_LEVEL: logLevel,
      ...(name === 'organization' && { SETUP_TOKEN: setupToken }),
      ...(name === 'gateway' && { HTTP_LISTEN: `${http.host}:${http.port}`, FILES_FOLDER: folder.files }),
    },
  }
}
