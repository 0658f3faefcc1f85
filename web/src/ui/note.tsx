import type { Icon } from '@tabler/icons-react'
import classes from './note.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'calm'

/** Of a state or an event. */
export type Look = { readonly tone: Tone; readonly icon: Icon }

type Props = Look & { readonly text: string; readonly filled?: boolean }

/** A state in words, with an icon of its own shape: colour only helps. */
export function Note({ tone, icon: Symbol, text, filled = false }: Props) {
  return (
    <span className={classes['note']} data-tone={tone} data-filled={filled || undefined}>
      <Symbol size={15} stroke={2} aria-hidden className={classes['icon']} />
      {text}
    </span>
  )
}
