import {
  IconActivity,
  IconBroadcast,
  IconBuildingWarehouse,
  IconCoins,
  type Icon,
  IconMailX,
  IconMessage,
  IconPlugConnected,
  IconUserShield,
} from '@tabler/icons-react'
import type { ClockSource } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import classes from './clock.module.css'

const icons: Readonly<Record<ClockSource, Icon>> = {
  temporal: IconActivity,
  kafka: IconBroadcast,
  signal: IconMessage,
  attempt: IconPlugConnected,
  ledger: IconCoins,
  stock: IconBuildingWarehouse,
  deadLetter: IconMailX,
  act: IconUserShield,
}

/** In words and with an icon of its own: colour only helps. */
export function SourceLabel({ source }: { readonly source: ClockSource }) {
  const t = useText()
  const Symbol = icons[source]
  return (
    <span className={classes['source']} data-source={source}>
      <Symbol size={14} aria-hidden />
      {t(`clock.source.${source}`)}
    </span>
  )
}
