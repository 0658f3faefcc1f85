import { Container, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

type Props = {
  readonly title: string
  readonly intro?: ReactNode
  readonly above?: ReactNode
  readonly aside?: ReactNode
  readonly size?: number
  readonly children: ReactNode
}

/** Every page's frame: one heading, which is its title in the browser too. */
export function Page({ title, intro, above, aside, size = 1120, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Holdfast`
  }, [title])
  return (
    <Container size={size} px={{ base: 'md', sm: 'lg' }} py={{ base: 'lg', sm: 36 }} w="100%">
      <Stack gap="xl">
        <Stack gap={6}>
          {above}
          <Group justify="space-between" align="flex-start" gap="md">
            <Stack gap={4} maw="100%">
              <Title order={1}>{title}</Title>
              {intro !== undefined && (
                <Text c="dimmed" maw={640} component="div">
                  {intro}
                </Text>
              )}
            </Stack>
            {aside}
          </Group>
        </Stack>
        {children}
      </Stack>
    </Container>
  )
}
