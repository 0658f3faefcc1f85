import { connect } from 'node:net'

const metadataRequest = 3
const metadataVersion = 4

/** Throws unless the broker at this port answers a metadata request and counts itself among the brokers. */
export async function probeKafka(port: number, timeoutMs = 1_000): Promise<void> {
  const answer = await exchange(port, request(metadataRequest, metadataVersion, noTopics), timeoutMs)
  // correlation id, throttle time, then the number of brokers
  const brokers = answer.readInt32BE(8)
  if (brokers < 1) throw new Error('the broker is not registered yet')
}

/** An empty list of topics, and "create none of them". */
const noTopics = Buffer.from([0, 0, 0, 0, 0])

/** Kafka's request header, version 1: length, api key, api version, correlation id, a null client id. */
function request(apiKey: number, apiVersion: number, body: Buffer): Buffer {
  const header = Buffer.alloc(14)
  header.writeInt32BE(10 + body.length, 0)
  header.writeInt16BE(apiKey, 4)
  header.writeInt16BE(apiVersion, 6)
  header.writeInt32BE(1, 8)
  header.writeInt16BE(-1, 12)
  return Buffer.concat([header, body])
}

/** Sends one request and reads one answer, without its length. */
function exchange(port: number, message: Buffer, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const socket = connect({ host: '127.0.0.1', port })
    const fail = (error: Error) => {
      socket.destroy()
      reject(error)
    }
    socket.setTimeout(timeoutMs, () => fail(new Error('no answer')))
    socket.once('error', fail)
    socket.once('close', () => reject(new Error('the connection was closed')))
    socket.once('connect', () => socket.write(message))
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return
      resolve(received.subarray(4))
      socket.destroy()
    })
  })
}
