import { Paper, Text, Title } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useId } from 'react'
import classes from './figures.module.css'

type Props = {
  readonly title: string
  readonly text: string
  /** Over all columns, or over two rows. */
  readonly size?: 'wide' | 'tall'
  readonly children: ReactNode
}

/** A card with a chart, named by its heading. */
export function Chart({ title, text, size, children }: Props) {
  const id = useId()
  return (
    <Paper
      component="section"
      aria-labelledby={id}
      withBorder
      p={{ base: 'md', sm: 'lg' }}
      className={classes['card']}
      data-size={size}
    >
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {text}
      </Text>
      {children}
    </Paper>
  )
}

/** What is drawn, as wide as there is room: once known, text in it is as large as any other. */
export function Drawing({
  height,
  children,
}: {
  readonly height: number
  readonly children: (width: number) => ReactNode
}) {
  const { ref, width } = useElementSize()
  return (
    <div ref={ref} className={classes['drawing']} style={{ height }}>
      {width > 0 && (
        // the same numbers stand in a table below
        <svg width={width} height={height} aria-hidden className={classes['svg']}>
          {children(width)}
        </svg>
      )}
    </div>
  )
}
