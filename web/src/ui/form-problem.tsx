import { Alert, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { isProblem } from '../http/problem.ts'
import { useProblemText } from './problem-text.ts'

type Props = { readonly error: unknown; readonly others: readonly string[] }

/** What went wrong with a form as a whole; what belongs to a field stands beside the field. */
export function FormProblem({ error, others }: Props) {
  const text = useProblemText()
  if (error === null || error === undefined) return null
  const told = isProblem(error, 'validation_failed') && others.length === 0
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} role="alert" title={text(error)}>
      {!told && others.length > 0 && (
        <List size="sm">
          {others.map((other) => (
            <List.Item key={other}>{other}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  )
}
