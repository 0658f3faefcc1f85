import type { ReactNode } from 'react'
import { useLocale } from '../i18n/language.ts'
import classes from './figures.module.css'
import { labelled } from './scale.ts'

export const chartHeight = 200
const [left, right, top, bottom] = [64, 8, 12, 26]

export type Plane = {
  readonly x: (part: number) => number
  readonly y: (value: number) => number
  readonly perPart: number
  readonly base: number
}

/** Where things stand in a drawing of this width. */
export function planeOf(width: number, parts: number, highest: number): Plane {
  const perPart = Math.max(0, width - left - right) / Math.max(1, parts)
  const base = chartHeight - bottom
  return {
    x: (part) => left + part * perPart,
    y: (value) => base - (value / highest) * (base - top),
    perPart,
    base,
  }
}

type Props = {
  readonly width: number
  readonly points: readonly string[]
  readonly ticks: readonly number[]
  readonly format: (value: number) => string
  readonly children: (plane: Plane) => ReactNode
}

/** Numbers to the left, times below, and what is drawn between them. */
export function Axes({ width, points, ticks, format, children }: Props) {
  const plane = planeOf(width, points.length, ticks.at(-1) ?? 1)
  const clock = new Intl.DateTimeFormat(useLocale(), { hour: '2-digit', minute: '2-digit' })
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={width - right} y1={plane.y(tick)} y2={plane.y(tick)} className={classes['grid']} />
          <text x={left - 8} y={plane.y(tick)} dy="0.35em" textAnchor="end" className={classes['label']}>
            {format(tick)}
          </text>
        </g>
      ))}
      {labelled(points, Math.max(2, Math.floor(width / 90))).map((part) => (
        <text
          key={part}
          x={Math.min(plane.x(part), width - 24)}
          y={chartHeight - 6}
          textAnchor="middle"
          className={classes['label']}
        >
          {clock.format(new Date(points[part] ?? 0))}
        </text>
      ))}
      {children(plane)}
    </>
  )
}
