/** Every topic of events: as many partitions as members of a group may ever share, and a month to come back in. */
const PARTITIONS = 12
const RETENTION_MS = 30 * 24 * 3_600_000
const REPLICAS = 3
const IN_SYNC = 2

/** What is acknowledged lies on two brokers wherever there are two, so that no single one can forget it; until then events wait. */
export const newTopic = (topic: string, brokers: number) => {
  const replicationFactor = Math.max(1, Math.min(REPLICAS, brokers))
  const settings = {
    'retention.ms': RETENTION_MS,
    'min.insync.replicas': Math.min(IN_SYNC, replicationFactor),
    ...(replicationFactor > 1 && { 'unclean.leader.election.enable': false }),
  }
  const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value: String(value) }))
  return { topic, numPartitions: PARTITIONS, replicationFactor, configEntries }
}
