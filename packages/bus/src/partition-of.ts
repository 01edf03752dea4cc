const SEED = 0x97_47_b2_8c
const FACTOR = 0x5b_d1_e9_95
const MIXING = 24
const WORD = 4

const mixed = (word: number): number => {
  const once = Math.imul(word, FACTOR)
  return Math.imul(once ^ (once >>> MIXING), FACTOR)
}

/** Murmur 2 as all Kafka clients have it; that of kafkajs says the same, but calculates with objects of 64 bits. */
const murmur2 = (key: Buffer): number => {
  const whole = key.length - (key.length % WORD)
  let hash = SEED ^ key.length
  for (let at = 0; at < whole; at += WORD) hash = Math.imul(hash, FACTOR) ^ mixed(key.readInt32LE(at))
  if (whole < key.length) hash = Math.imul(hash ^ key.readUIntLE(whole, key.length - whole), FACTOR)
  hash = Math.imul(hash ^ (hash >>> 13), FACTOR)
  return hash ^ (hash >>> 15)
}

/** Where a key belongs in a topic of so many partitions: what has the same key stays in order. */
export const partitionOf = (key: string, partitions: number): number =>
  (murmur2(Buffer.from(key)) & 0x7f_ff_ff_ff) % partitions
