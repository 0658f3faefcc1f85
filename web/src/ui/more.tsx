import { Button } from '@mantine/core'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useText } from '../i18n/use-text.ts'

type Query = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>
type Props = { readonly of: Query; readonly text?: string }

/** Below a list that is read page by page, while there is more of it. */
export function More({ of: { hasNextPage, isFetchingNextPage, fetchNextPage }, text }: Props) {
  const t = useText()
  if (!hasNextPage) return null
  return (
    <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
      {text ?? t('stock.more')}
    </Button>
  )
}
