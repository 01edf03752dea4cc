import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { checkImport } from './import-check.ts'

const { CRM_DATA = '../shared/data/crm' } = process.env
const folder = resolve(CRM_DATA)
if (!existsSync(join(folder, 'sales_pipeline.csv'))) {
  console.error(`There is no data set in ${folder}; the README says where it can be had. CRM_DATA names its folder.`)
  process.exit(1)
}
const data = mkdtempSync(join(tmpdir(), 'saleswright-import-'))
try {
  const checked = await checkImport({ folder, data })
  console.log(`${checked.printed}\nAgain:\n${checked.again}`)
  for (const difference of checked.differences) console.log(`✗ ${difference}`)
  const { figures, importSeconds, drainedSeconds, peakMebibytes } = checked
  console.log(`${figures - checked.differences.length} of ${figures} figures agree to the cent.`)
  console.log(`Imported in ${importSeconds.toFixed(1)} s, everything drained after ${drainedSeconds.toFixed(1)} s.`)
  console.log(`At most ${Math.round(peakMebibytes)} MiB resident in the platform's processes.`)
  process.exitCode = checked.differences.length > 0 ? 1 : 0
} finally {
  rmSync(data, { recursive: true, force: true })
}
