import type { BusinessDate } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { startEngines } from './engines.ts'
import { reportingThat } from './tiny-platform.ts'

const MIDNIGHT = '0 0 * * *'

/** A nightly job in Shanghai that notes for which dates it ran; `fault` may throw. */
const nightly = (runs: BusinessDate[], fault: (date: BusinessDate) => void = () => {}) =>
  reportingThat(() => {}, [
    {
      name: 'nightly',
      cron: MIDNIGHT,
      zone: 'Asia/Shanghai',
      run: async (date) => {
        fault(date)
        runs.push(date)
      },
    },
  ])

const aClock = (start: string) => {
  let now = new Date(start)
  return {
    now: () => now,
    goTo: (time: string) => {
      now = new Date(time)
    },
  }
}

test('two hosts run a job once for each date', async () => {
  const runs: BusinessDate[] = []
  const clock = aClock('2026-03-01T12:00:00+08:00')
  const { host } = await startEngines()
  const both = [await host([nightly(runs)], { clock }), await host([nightly(runs)], { clock })]
  const due = () => Promise.all(both.map(({ doDueJobs }) => doDueJobs()))
  await due()
  expect(runs).toEqual([])
  clock.goTo('2026-03-02T00:00:00+08:00')
  await due()
  await due()
  expect(runs).toEqual(['2026-03-02'])
})

test('dates that were missed while nobody ran are made up for, in order', async () => {
  const runs: BusinessDate[] = []
  const clock = aClock('2026-03-01T12:00:00+08:00')
  const { host } = await startEngines()
  const first = await host([nightly(runs)], { clock })
  await first.doDueJobs()
  await first.stop()
  clock.goTo('2026-03-04T12:00:00+08:00')
  const second = await host([nightly(runs)], { clock })
  await second.doDueJobs()
  expect(runs).toEqual(['2026-03-02', '2026-03-03', '2026-03-04'])
})

test('a job that fails is tried again a minute later, from the date that failed', async () => {
  const runs: BusinessDate[] = []
  const clock = aClock('2026-03-01T12:00:00+08:00')
  let broken = true
  const { host } = await startEngines()
  const fault = (date: BusinessDate) => {
    if (broken && date === '2026-03-03') throw new Error('not today')
  }
  const hosted = await host([nightly(runs, fault)], { clock })
  await hosted.doDueJobs()
  clock.goTo('2026-03-03T00:00:00+08:00')
  await hosted.doDueJobs()
  expect(runs).toEqual(['2026-03-02'])
  broken = false
  clock.goTo('2026-03-03T00:00:59+08:00')
  await hosted.doDueJobs()
  expect(runs).toEqual(['2026-03-02'])
  clock.goTo('2026-03-03T00:01:00+08:00')
  await hosted.doDueJobs()
  expect(runs).toEqual(['2026-03-02', '2026-03-03'])
})
