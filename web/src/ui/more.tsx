import { Button } from '@mantine/core'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useText } from '../i18n/use-text.ts'
import { Failed } from './states.tsx'

type Query = Pick<
  UseInfiniteQueryResult,
  'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'fetchNextPage' | 'error'
>
type Props = { readonly of: Query; readonly text?: string }

/** Below a list that is read page by page, while there is more of it. */
export function More({ of, text }: Props) {
  const t = useText()
  if (!of.hasNextPage) return null
  return (
    <>
      {of.isFetchNextPageError && <Failed error={of.error} />}
      <Button variant="default" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {text ?? t('stock.more')}
      </Button>
    </>
  )
}
