import { sql } from 'kysely'
import type { Config } from '../../platform/config.ts'
import { type DatabaseName, openDatabase } from '../../platform/database.ts'

/** What a statement finds in one service's database, by its own connection. */
export async function rowsOf<Row>(config: Config, name: DatabaseName, statement: string): Promise<readonly Row[]> {
  const database = openDatabase<Record<string, never>>(config, name, 1)
  try {
    return (await sql.raw<Row>(statement).execute(database)).rows
  } finally {
    await database.destroy()
  }
}

/** From here on payment can't write down what orders of this product ask: a bug that only some orders meet. */
export async function poisonPayment(config: Config, sku: string): Promise<() => Promise<void>> {
  const name = `poison_${sku.replaceAll('-', '_')}`
  await rowsOf(
    config,
    'payment',
    `CREATE TRIGGER ${name} BEFORE INSERT ON task FOR EACH ROW
      IF NEW.action = 'perform' AND JSON_UNQUOTE(JSON_EXTRACT(NEW.order_body, '$.lines[0].sku')) = '${sku}' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the poison of ''kim@example.com''';
      END IF`,
  )
  return async () => {
    await rowsOf(config, 'payment', `DROP TRIGGER ${name}`)
  }
}
