/** `read-only`: the disk is full; reading goes on, and writing again once there is room. */
export type Health = 'ok' | 'read-only'

/** What an engine tells whoever runs it. */
export interface Events {
  health: (health: Health) => void
  /** The engine has ended: what is on the disk may not be what it believed. */
  broken: (error: Error) => void
}

export const NOBODY: Events = { health: () => {}, broken: () => {} }
