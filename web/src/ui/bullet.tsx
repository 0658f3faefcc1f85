import { IconCheck } from '@tabler/icons-react'
import classes from './bullet.module.css'

type Props = {
  readonly state: 'later' | 'now' | 'done'
  /** What the tick says to those who don't see it. */
  readonly done: string
}

/** A place in a list of what is to come, ticked off once it has come. */
export function Bullet({ state, done }: Props) {
  return (
    <span className={classes['bullet']} data-state={state}>
      {state === 'done' && <IconCheck size={12} stroke={3} aria-label={done} />}
    </span>
  )
}
