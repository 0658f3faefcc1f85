import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { findOrInstall } from '../obtaining/apt.ts'
import { cached } from '../obtaining/cached.ts'
import { findProgram, ServerNotFound } from '../obtaining/find.ts'
import { fetchWithMaven } from '../obtaining/maven.ts'
import { messageOf, type Report } from '../surroundings.ts'

const version = '4.4.0'
const artifacts = [
  { group: 'org.apache.kafka', name: 'kafka_2.13', version },
  // without a binding of the slf4j that Kafka brings, it logs nothing
  { group: 'org.slf4j', name: 'slf4j-simple', version: '1.7.36' },
]

export type KafkaProgram = { readonly java: string; readonly classPath: string }

const ways = [
  'install Java 17 or newer and Maven (Debian: apt-get install default-jre-headless maven), then start again',
  'unpack Apache Kafka 4 and put its bin folder on the PATH',
  'run any Kafka and give its address: KAFKA_BROKERS=host:port',
  'with Docker: docker compose up',
]

/** Java and Kafka's jars. @throws ServerNotFound with the ways to get them. */
export async function obtainKafka(report: Report): Promise<KafkaProgram> {
  try {
    const java = await findOrInstall('java', 'default-jre-headless', report)
    if (java === undefined) throw new Error('Java (java) is not on the PATH')
    return { java, classPath: join(installedLibs() ?? (await fetchedLibs(report)), '*') }
  } catch (error) {
    throw new ServerNotFound('Apache Kafka', [messageOf(error)], ways)
  }
}

/** The jars of an installation whose scripts are on the PATH. */
function installedLibs(): string | undefined {
  const script = findProgram('kafka-server-start.sh', 'kafka-server-start')
  if (script === undefined) return undefined
  const home = resolve(dirname(realpathSync(script)), '..')
  return [join(home, 'libs'), join(home, 'libexec', 'libs')].find(
    (folder) => existsSync(folder) && readdirSync(folder).some((file) => /^kafka_2\.13-4.*\.jar$/.test(file)),
  )
}

function fetchedLibs(report: Report): Promise<string> {
  return cached(`kafka-${version}`, report, (folder) =>
    fetchWithMaven({
      what: `fetching Apache Kafka ${version} (43 MB, once)`,
      goal: 'copy-dependencies',
      artifacts,
      folder,
      report,
    }),
  )
}
