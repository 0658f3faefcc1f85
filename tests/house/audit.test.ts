import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sourceFiles } from './imports.ts'

const changes = [
  /\b(?:updateTable|deleteFrom|replaceInto|mergeInto)\(\s*['"`](?:identity\.)?audit\b/,
  /\b(?:UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|REPLACE\s+INTO|DROP\s+TABLE|ALTER\s+TABLE)\s+`?(?:identity`?\.`?)?audit\b/i,
  /insertInto\(\s*['"]audit['"]\s*\)(?:(?!\n\n)[\s\S])*?(?:onDuplicateKeyUpdate|replace\(\))/,
]

const isChanging = (source: string): boolean => changes.some((change) => change.test(source))

it('no statement of ours changes or deletes a line of the audit log', () => {
  const files = sourceFiles().filter((file) => !/\.test\.tsx?$/.test(file))
  expect(files.filter((file) => isChanging(readFileSync(file, 'utf8')))).toEqual([])
})

it.each([
  "db.updateTable('audit').set({})",
  "db.deleteFrom('audit').execute()",
  'sql`DELETE FROM audit WHERE at < ${old}`',
  'update identity.audit set actor_id = 1',
  'TRUNCATE TABLE audit',
  "db.insertInto('audit').values(row).onDuplicateKeyUpdate({})",
])('that is seen in %s', (source) => expect(isChanging(source)).toBe(true))

it.each(["db.insertInto('audit').values(row).execute()", "db.selectFrom('audit')", 'CREATE TABLE audit ('])(
  'and %s is fine',
  (source) => expect(isChanging(source)).toBe(false),
)
