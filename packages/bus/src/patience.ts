import { BACKOFF } from './backoff.ts'

/* How long each side of the bus waits for the other. Those waits add up to what an outage costs behind its end. */

/** Some ten seconds for a broker that restarts; whoever calls tries again behind that. */
export const RETRY = { initialRetryTime: BACKOFF.firstMs, maxRetryTime: BACKOFF.mostMs, retries: 8 }

/**
 * How long a group waits for a member that is gone without a word, before the others get its partitions: the least that Kafka allows
 * unasked. Behind an outage of the broker itself every former member is one.
 */
const SESSION_MS = 6_000
export const HEARTBEAT_EVERY_MS = SESSION_MS / 3
/** How long a group that changes waits for a member that is alive and busy. */
const REBALANCE_MS = 10_000

export const MEMBER = {
  maxWaitTimeInMs: 500,
  sessionTimeout: SESSION_MS,
  heartbeatInterval: HEARTBEAT_EVERY_MS,
  rebalanceTimeout: REBALANCE_MS,
  allowAutoTopicCreation: false,
  retry: { ...RETRY, restartOnFailure: async () => false },
}

/** How long replicas may take to have what is published. */
export const REPLICATE_MS = 10_000
/** No answer of a broker takes as long. */
export const SILENT_MS = 12_000
