import { setTimeout as wait } from 'node:timers/promises'

const STEP = 4
const LONGEST = 250

/** Waits a random while, longer on average each time, so that those who collided do not collide again. */
export const pause = (tried: number): Promise<void> => wait(Math.random() * Math.min(LONGEST, STEP * 2 ** tried))
