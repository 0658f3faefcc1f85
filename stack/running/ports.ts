import { connect, createServer } from 'node:net'

const localhost = '127.0.0.1'
const lowest = 15_000
const highest = 32_000

/**
 * Whether a server of ours could listen here. Asks by connecting too: a listener on all addresses does not keep
 * every system from binding the loopback one, but would share its port with us.
 */
export async function isFree(port: number): Promise<boolean> {
  return !(await answers(localhost, port)) && (await canListen(port))
}

/** Whether something accepts connections at this address. */
export function answers(host: string, port: number, timeoutMs = 1_000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: localhost, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Below the range from which systems take the ports of outgoing connections: those would collide under load. */
const anyPort = (): number => lowest + Math.floor(Math.random() * (highest - lowest))

/**
 * As many different free ports as there are wishes, chosen at once: the wished one where it is free, else another.
 * @throws when no free port can be found.
 */
export async function choosePorts(
  wishes: readonly (number | undefined)[],
  free: (port: number) => Promise<boolean> = isFree,
  guess: () => number = anyPort,
): Promise<readonly number[]> {
  const chosen: number[] = []
  for (const wish of wishes)
    chosen.push(await choosePort(wish, async (port) => !chosen.includes(port) && free(port), guess))
  return chosen
}

async function choosePort(
  wish: number | undefined,
  free: (port: number) => Promise<boolean>,
  guess: () => number,
): Promise<number> {
  if (wish !== undefined && (await free(wish))) return wish
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = guess()
    if (await free(port)) return port
  }
  throw new Error(`No free port found between ${lowest} and ${highest}`)
}
