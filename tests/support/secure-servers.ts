import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { createServer, type TLSSocket } from 'node:tls'
import { createConnection } from 'mysql2/promise'
import { logDirOf } from '../../stack/data-folder.ts'
import { planDatabase } from '../../stack/database/plan.ts'
import { obtainKafka } from '../../stack/kafka/obtain.ts'
import { planKafka } from '../../stack/kafka/plan.ts'
import { kafkaSettings } from '../../stack/kafka/settings.ts'
import { longStep } from '../../stack/obtaining/long-step.ts'
import { choosePorts } from '../../stack/running/ports.ts'
import { ownServer } from '../../stack/server.ts'
import type { ServerPlan } from '../../stack/server-plan.ts'
import { inOneFile, type Issued } from './certificates.ts'

const report = (): void => undefined
/** 16 bytes in base64. */
const clusterId = 'aG9sZGZhc3Qta2Fma2EtMQ'

async function startSecured(plan: ServerPlan, dataDir: string) {
  mkdirSync(logDirOf(dataDir), { recursive: true })
  const ports = await choosePorts(plan.ports.map(() => undefined))
  const server = ownServer(plan, ports, { dataDir, report, restart: false })
  await server.start()
  return { ports, stop: server.stop }
}

/** A broker that lets in only who speaks TLS and knows this password, by PLAIN or SCRAM; and us to ask how it is. */
export async function startSecureKafka(dataDir: string, server: Issued, user: string, password: string) {
  const plan = await planKafka({ dataDir, report })
  const { java, classPath } = await obtainKafka(report)
  const folder = join(dataDir, 'kafka')
  const settingsFile = join(folder, 'server.properties')
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;'
  const plain = `org.apache.kafka.common.security.plain.PlainLoginModule required user_${user}="${password}";`
  const secured = (port: number, controller: number, secure: number) => `
listeners=PLAINTEXT://127.0.0.1:${port},SECURE://127.0.0.1:${secure},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port},SECURE://localhost:${secure}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT
listener.name.secure.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
listener.name.secure.plain.sasl.jaas.config=${plain}
listener.name.secure.scram-sha-256.sasl.jaas.config=${scram}
listener.name.secure.scram-sha-512.sasl.jaas.config=${scram}
listener.name.secure.ssl.keystore.type=PEM
listener.name.secure.ssl.keystore.location=${inOneFile(server)}
`
  const started = await startSecured(
    {
      ...plan,
      ports: [...plan.ports, { what: 'Kafka with TLS' }],
      async prepare(ports) {
        const [port = 0, controllerPort = 0, secure = 0] = ports
        mkdirSync(folder, { recursive: true })
        writeFileSync(settingsFile, kafkaSettings({ port, controllerPort, dataDir: join(folder, 'data') }))
        const accounts = ['256', '512'].flatMap((bits) => [
          '--add-scram',
          `SCRAM-SHA-${bits}=[name=${user},password=${password}]`,
        ])
        writeFileSync(join(folder, 'cluster-id'), clusterId)
        const format = ['format', '-t', clusterId, '-c', settingsFile, ...accounts]
        const args = ['-cp', classPath, 'kafka.tools.StorageTool', ...format]
        await longStep({ what: 'making the data folder', command: java, args, report })
        await plan.prepare(ports)
        appendFileSync(settingsFile, secured(port, controllerPort, secure))
      },
    },
    dataDir,
  )
  return { broker: `localhost:${started.ports[2]}`, stop: started.stop }
}

/** A database that refuses whoever does not speak TLS, with one account that has a password. */
export async function startSecureDatabase(dataDir: string, server: Issued, caFile: string, account: string) {
  const plan = await planDatabase({ dataDir, report })
  const ca = readFileSync(caFile, 'utf8')
  const asRoot = (port: number) => createConnection({ uri: `mysql://root@localhost:${port}`, ssl: { ca } })
  const tls = [`--ssl-cert=${server.certFile}`, `--ssl-key=${server.keyFile}`, `--ssl-ca=${caFile}`]
  const started = await startSecured(
    {
      ...plan,
      command(ports) {
        const { command, args } = plan.command(ports)
        return {
          command,
          args: [...args.filter((arg) => arg !== '--skip-ssl'), ...tls, '--require-secure-transport=ON'],
        }
      },
      async check([port = 0]) {
        const connection = await asRoot(port)
        await connection.query('SELECT 1')
        await connection.end()
      },
    },
    dataDir,
  )
  const [port = 0] = started.ports
  const [user, password] = account.split(':')
  const root = await asRoot(port)
  await root.query(`CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`)
  await root.query(`GRANT ALL PRIVILEGES ON *.* TO '${user}'@'%'`)
  await root.end()
  return { address: `localhost:${port}`, stop: started.stop }
}

/**
 * Temporal's development server speaks no TLS, so this stands before it: it ends TLS, asks for a certificate of this CA
 * and passes on what is inside. For the SDKs it is a frontend with mTLS.
 */
export async function startTlsBefore(target: string, server: Issued, caFile: string) {
  const [host = '', port] = target.split(':')
  const sockets = new Set<TLSSocket>()
  const { cert, key } = server
  const ca = readFileSync(caFile)
  const proxy = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] })
  proxy.on('secureConnection', (outside) => {
    const inside = connect(Number(port), host)
    sockets.add(outside)
    outside.pipe(inside).pipe(outside)
    const end = () => {
      outside.destroy()
      inside.destroy()
      sockets.delete(outside)
    }
    for (const side of [inside, outside]) side.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    address: `localhost:${(proxy.address() as AddressInfo).port}`,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}
