/** The single node's `server.properties`: broker and controller in one, for one machine. */
export function kafkaSettings(options: {
  port: number
  controllerPort: number
  dataDir: string
  /** Where clients are told to find it; default: where it listens. */
  advertised?: string | undefined
}): string {
  const broker = `127.0.0.1:${options.port}`
  const controller = `127.0.0.1:${options.controllerPort}`
  return properties({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${controller}`,
    listeners: `PLAINTEXT://${broker},CONTROLLER://${controller}`,
    'advertised.listeners': `PLAINTEXT://${options.advertised ?? broker}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': options.dataDir,
    // a misspelled topic should fail, not appear
    'auto.create.topics.enable': false,
    ...oneReplica,
    // a restarted broker is taken back after 6 s instead of 13
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    'group.initial.rebalance.delay.ms': 0,
    // each topic says itself how long it keeps its events
    'log.retention.ms': -1,
    // a system that was off for longer than the default week still knows what it has read
    'offsets.retention.minutes': 525_600,
    'log.cleaner.dedupe.buffer.size': 16_777_216,
  })
}

const oneReplica = {
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 4,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'transaction.state.log.num.partitions': 4,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
}

/** In a properties file a backslash escapes. */
function properties(values: Readonly<Record<string, string | number | boolean>>): string {
  const lines = Object.entries(values).map(([key, value]) => `${key}=${String(value).replaceAll('\\', '\\\\')}`)
  return `${lines.join('\n')}\n`
}
