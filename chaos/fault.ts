import type { World } from './world.ts'

/** One thing that breaks, and is whole again when `strike` resolves. It says what of the world it needs. */
export type Fault<Needs = World> = {
  readonly name: string
  readonly strike: (world: Needs) => Promise<void>
}

export const fault = <Needs = World>(name: string, strike: Fault<Needs>['strike']): Fault<Needs> => ({ name, strike })
