import { SMTPServer } from 'smtp-server'

export type Received = {
  readonly to: string
  readonly messageId: string
  readonly subject: string
  /** As it came. */
  readonly source: string
  readonly at: number
}

export type MailServer = {
  readonly port: number
  readonly received: readonly Received[]
  readonly to: (address: string) => readonly Received[]
  /** From here on nobody answers. */
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
}

/** A real mail server on this machine. Addresses that begin with `nobody` it does not know. */
export async function startMailServer(): Promise<MailServer> {
  const received: Received[] = []
  let port = 0
  let server = make()

  function make(): SMTPServer {
    const made = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('nobody') ? Object.assign(new Error(`no ${address}`), { responseCode: 550 }) : null),
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const source = Buffer.concat(chunks).toString()
          const unfolded = source.replaceAll(/\r\n[ \t]+/g, ' ')
          const headerOf = (name: string) => new RegExp(`^${name}: +(.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? ''
          const [messageId, subject] = [headerOf('Message-ID'), headerOf('Subject')]
          for (const { address } of session.envelope.rcptTo)
            received.push({ to: address, messageId, subject, source, at: performance.now() })
          done()
        })
      },
    })
    made.on('error', () => undefined) // clients that go away
    return made
  }

  async function start(): Promise<void> {
    server = make()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const address = server.server.address()
    if (address !== null && typeof address !== 'string') port = address.port
  }
  await start()
  return {
    get port() {
      return port
    },
    received,
    to: (wanted) => received.filter(({ to }) => to === wanted),
    start,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
