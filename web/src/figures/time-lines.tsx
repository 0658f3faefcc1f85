import type { Figures } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Axes, chartHeight, type Plane } from './axes.tsx'
import { Drawing } from './chart.tsx'
import classes from './figures.module.css'
import { NumbersTable } from './numbers-table.tsx'
import type { Series } from './parts.ts'
import { stretches } from './scale.ts'
import { usePeriod } from './use-period.ts'

type Props = {
  readonly figures: Figures
  readonly lines: readonly Series[]
  readonly caption: string
  readonly nameOf: (name: string) => string
  readonly ticksFor: (highest: number) => readonly number[]
  readonly format: (value: number) => string
}

/** Numbers over time, a line for each name: told apart by its dashes and its mark, colour only helps. */
export function TimeLines({ figures, lines, caption, nameOf, ticksFor, format }: Props) {
  const t = useText()
  const period = usePeriod(figures)
  const highest = Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const known = figures.points
    .map((_, part) => part)
    .filter((part) => lines.some(({ values }) => values[part] !== null))
  return (
    <>
      <Drawing height={chartHeight}>
        {(width) => (
          <Axes width={width} points={figures.points} ticks={ticksFor(highest)} format={format}>
            {(plane) =>
              lines.map(({ name, values }, index) => <Line key={name} values={values} look={index} plane={plane} />)
            }
          </Axes>
        )}
      </Drawing>
      <ul className={classes['legend']}>
        {lines.map(({ name, whole }, index) => (
          <li key={name}>
            <svg width="34" height="12" aria-hidden>
              <path d="M1 6H33" className={classes['line']} data-look={index} />
              <Mark x={17} y={6} look={index} />
            </svg>
            <span>{nameOf(name)}</span>
            <span className="tabular">{whole === null ? '–' : format(whole)}</span>
          </li>
        ))}
      </ul>
      <NumbersTable
        caption={caption}
        head={lines.map(({ name }) => nameOf(name))}
        rows={known.toReversed().map((part) => ({
          key: part,
          name: period(part),
          cells: lines.map(({ values }) => {
            const value = values[part] ?? null
            return value === null ? t('figures.unknown') : format(value)
          }),
        }))}
      />
    </>
  )
}

type LineProps = { readonly values: Series['values']; readonly look: number; readonly plane: Plane }

function Line({ values, look, plane: { x, y, perPart } }: LineProps) {
  const at = (part: number): readonly [number, number] => [x(part) + perPart / 2, y(values[part] ?? 0)]
  return (
    <g>
      {stretches(values).map((parts) => {
        const path = parts.map(
          (part, n) =>
            `${n === 0 ? 'M' : 'L'}${at(part)
              .map((one) => one.toFixed(1))
              .join(' ')}`,
        )
        const last = at(parts.at(-1) ?? 0)
        return (
          <g key={parts[0]}>
            <path d={path.join('')} className={classes['line']} data-look={look} />
            <Mark x={last[0]} y={last[1]} look={look} />
          </g>
        )
      })}
    </g>
  )
}

/** Circle, square, triangle, diamond. */
function Mark({ x, y, look }: { readonly x: number; readonly y: number; readonly look: number }) {
  const shapes = [
    'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
    'M-3.5-3.5h7v7h-7z',
    'M0-4.5L4.5 3.5H-4.5z',
    'M0-5L5 0L0 5L-5 0z',
  ]
  return (
    <path
      d={shapes[look % shapes.length]}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
      className={classes['mark']}
      data-look={look}
    />
  )
}
