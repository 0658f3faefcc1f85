/** What was typed into the field of that name; a file, which no form of ours has, is nothing. */
export function fieldText(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
