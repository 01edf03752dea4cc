import { newId } from '@saleswright/kernel'
import type { Intake } from '../src/intake/take-in.ts'

const COMPANY = newId()
const ROOT = newId()
const EAST = newId()

export const anIntake = (changes: Partial<Intake> = {}): Intake => ({
  id: newId(),
  version: 0,
  companyId: COMPANY,
  ownerId: newId(),
  unitId: EAST,
  orgPath: [ROOT, EAST],
  origin: 'entered',
  businessDate: '2026-03-01',
  ...changes,
})

export const aPlace = () => ({ ownerId: newId(), unitId: ROOT, orgPath: [ROOT] })
export const yuan = (minor: bigint) => ({ currency: 'CNY', minor })
