#!/bin/sh
# Apache Kafka, one broker that is its own controller, on a JDK 17 and Maven, without Docker:
#
#   infra/native/kafka.sh DATA PORT
#
# keeps its log in DATA (made when it is not there) and answers at 127.0.0.1:PORT until it is stopped; PORT + 1 is its controller's.
# What Maven brings lies in node_modules/.cache/kafka. With --fetch it only fetches.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
jars="$here/../../node_modules/.cache/kafka/4.0.0"

if [ ! -f "$jars/.complete" ]; then
  mkdir -p "$jars"
  mvn --quiet --batch-mode --file "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$jars" >&2
  touch "$jars/.complete"
fi
[ "${1:-}" = --fetch ] && exit 0

data=$1
port=$2
mkdir -p "$data"
cat >"$data/server.properties" <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$((port + 1))
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 1))
advertised.listeners=PLAINTEXT://127.0.0.1:$port
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$data/log
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
PROPERTIES
[ -d "$data/log" ] ||
  java -cp "$jars/*" kafka.tools.StorageTool format -t MkU3OEVBNTcwNTJENDM2Qg -c "$data/server.properties" >&2
exec java -Xmx512m -cp "$jars/*" kafka.Kafka "$data/server.properties"
