import {
  IconAlertTriangle,
  IconArrowForwardUp,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockX,
  IconHandStop,
  IconLoader2,
  IconMinus,
} from '@tabler/icons-react'
import type { Look } from '../ui/note.tsx'
import type { NodeState } from './layout.ts'

export const nodeLooks: Readonly<Record<NodeState, Look>> = {
  pending: { tone: 'calm', icon: IconCircleDashed },
  running: { tone: 'busy', icon: IconLoader2 },
  done: { tone: 'good', icon: IconCircleCheck },
  failed: { tone: 'bad', icon: IconCircleX },
  timedOut: { tone: 'bad', icon: IconClockX },
  skipped: { tone: 'calm', icon: IconMinus },
  refused: { tone: 'bad', icon: IconHandStop },
  stuck: { tone: 'bad', icon: IconAlertTriangle },
  byHand: { tone: 'warn', icon: IconArrowForwardUp },
}
