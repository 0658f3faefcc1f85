import type { Environment } from './surroundings.ts'

export type ServerName = 'database' | 'kafka' | 'temporal'

/** Under this name it is noted and logged: a process of ours is called `temporal` too. */
export const fileNameOf = (name: ServerName): string => `${name}-server`

export type Port = {
  /** As a sentence begins: "port 3306 is taken, the database listens on 17231". */
  readonly what: string
  readonly usual?: number
}

export type Command = { readonly command: string; readonly args: readonly string[]; readonly env?: Environment }

/** All there is to know about one server; how it is started, watched and stopped is the same for all. */
export type ServerPlan = {
  readonly name: ServerName
  readonly title: string
  /** The first is the one that clients use. */
  readonly ports: readonly Port[]
  /** Makes its data on the first start and its settings on every one, as the ports may have changed. */
  readonly prepare: (ports: readonly number[]) => Promise<void>
  readonly command: (ports: readonly number[]) => Command
  /** Throws unless it answers in its own protocol. */
  readonly check: (ports: readonly number[]) => Promise<void>
  /** What can only be set through the running server; repeatable. */
  readonly afterStart?: (ports: readonly number[]) => Promise<void>
  readonly healthyWithinMs: number
  readonly graceMs: number
}

export type PlanOptions = {
  readonly dataDir: string
  readonly report: (line: string) => void
  /** `host:port` that Kafka tells its clients instead of its own: something that stands in between. */
  readonly kafkaAdvertised?: string | undefined
}
