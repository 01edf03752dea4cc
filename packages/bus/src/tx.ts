/** One attempt of one transaction of the store that a reaction writes to. */
export type Tx = unknown
