import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { businessDateOf } from '@saleswright/kernel'
import { type DataFolder, writePrivately } from '../data-folder.ts'

/** What the demo was begun with: whoever goes on with it must tell the same. */
export type Begun = { readonly today: string; readonly orders: number; readonly finished: boolean }

const ZONE = 'Asia/Shanghai'
const fileOf = ({ path }: DataFolder): string => join(path, 'demo.json')

/** The demo of a folder, begun now where no server ever ran on it; none where somebody uses the folder for something else. */
export const demoOf = (folder: DataFolder, orders: number): Begun | undefined => {
  const file = fileOf(folder)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Begun
  if (!folder.fresh) return undefined
  return note(folder, { today: businessDateOf(new Date(), ZONE), orders, finished: false })
}

export const note = (folder: DataFolder, begun: Begun): Begun => {
  writePrivately(fileOf(folder), `${JSON.stringify(begun)}\n`)
  return begun
}
