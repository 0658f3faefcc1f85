import { accepted } from './checks/accepted.ts'
import { answers } from './checks/answers.ts'
import { captures, ledger } from './checks/payments.ts'
import { deadLetters } from './checks/dead-letters.ts'
import { deadlines } from './checks/deadlines.ts'
import { endings } from './checks/endings.ts'
import { events } from './checks/events.ts'
import { lag } from './checks/lag.ts'
import { paths } from './checks/paths.ts'
import { projection } from './checks/projection.ts'
import { provider } from './checks/provider.ts'
import { reservations, stock } from './checks/stock.ts'
import { returns } from './checks/returns.ts'
import { undone } from './checks/undone.ts'
import { workflows } from './checks/workflows.ts'
import type { Invariant } from './invariant.ts'

/** Everything that is checked, in the order in which it is told. */
export const invariants: readonly Invariant[] = [
  stock,
  reservations,
  ledger,
  captures,
  provider,
  endings,
  accepted,
  workflows,
  returns,
  deadlines,
  undone,
  answers,
  events,
  paths,
  projection,
  lag,
  deadLetters,
]
