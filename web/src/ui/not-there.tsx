import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { NotFound } from '../app/not-found.tsx'
import { isProblem } from '../http/problem.ts'
import { Page } from './page.tsx'
import { Failed, Loading } from './states.tsx'

/** What the address names does not exist, or can't. */
export const isMissing = (error: unknown): boolean => isProblem(error) && (error.status === 404 || error.status === 422)

type Props = {
  readonly query: Pick<UseQueryResult, 'error' | 'isError' | 'refetch'>
  readonly title: string
  readonly above: ReactNode
}

/** In place of the page of one thing: there is none, it is on its way, or it can't be had. */
export function NotThere({ query: { error, isError, refetch }, title, above }: Props) {
  if (isMissing(error)) return <NotFound />
  return (
    <Page title={title} above={above}>
      {isError ? <Failed error={error} retry={refetch} /> : <Loading rows={3} height={140} />}
    </Page>
  )
}
