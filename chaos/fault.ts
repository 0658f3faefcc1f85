import type { World } from './world.ts'

/** One thing that breaks, and is whole again when `strike` resolves. */
export type Fault = {
  readonly name: string
  readonly strike: (world: World) => Promise<void>
}

export const fault = (name: string, strike: Fault['strike']): Fault => ({ name, strike })
