import { useMemo } from 'react'
import { useLanguage } from './language.ts'
import { type Translate, translator } from './text.ts'

export function useText(): Translate {
  const language = useLanguage()
  return useMemo(() => translator(language), [language])
}
