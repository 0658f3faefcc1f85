import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { longStep } from '../obtaining/long-step.ts'
import type { PlanOptions, ServerPlan } from '../server-plan.ts'
import { obtainKafka } from './obtain.ts'
import { probeKafka } from './probe.ts'
import { kafkaSettings } from './settings.ts'

const quickStart = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData']
const logging = [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS',
]

/** Apache Kafka as one node without ZooKeeper. */
export async function planKafka({ dataDir, report, kafkaAdvertised: advertised }: PlanOptions): Promise<ServerPlan> {
  const { java, classPath } = await obtainKafka(report)
  const folder = join(dataDir, 'kafka')
  const logDir = join(folder, 'data')
  const settingsFile = join(folder, 'server.properties')
  const clusterIdFile = join(folder, 'cluster-id')
  return {
    name: 'kafka',
    title: 'Apache Kafka',
    ports: [
      { what: 'Kafka', usual: 9092 },
      { what: "Kafka's controller", usual: 9093 },
    ],
    prepare: async ([port = 0, controllerPort = 0]) => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(settingsFile, kafkaSettings({ port, controllerPort, dataDir: logDir, advertised }))
      if (!existsSync(clusterIdFile)) writeFileSync(clusterIdFile, newClusterId())
      if (existsSync(join(logDir, 'meta.properties'))) return
      const clusterId = readFileSync(clusterIdFile, 'utf8').trim()
      const format = ['kafka.tools.StorageTool', 'format', '--ignore-formatted', '-t', clusterId, '-c', settingsFile]
      await longStep({
        what: 'making the data folder',
        command: java,
        args: ['-Xmx128m', ...quickStart, ...logging, '-cp', classPath, ...format],
        report,
      })
    },
    command: () => ({
      command: java,
      args: ['-Xmx384m', ...quickStart, ...logging, '-cp', classPath, 'kafka.Kafka', settingsFile],
    }),
    check: ([port = 0]) => probeKafka(port),
    healthyWithinMs: 120_000,
    graceMs: 15_000,
  }
}

/** A UUID as Kafka writes it; one that begins with a dash would read as an option on the command line. */
function newClusterId(): string {
  const id = randomBytes(16).toString('base64url')
  return id.startsWith('-') ? newClusterId() : id
}
