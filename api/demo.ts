import type { Kysely } from 'kysely'
import { inTransaction } from '../platform/transactions.ts'
import { adjustStockWithin } from '../workers/stock/adjustments.ts'
import { createProductWithin } from '../workers/stock/catalogue.ts'
import type { StockTables } from '../workers/stock/tables.ts'
import { createAccount } from './identity/accounts.ts'
import type { IdentityTables } from './identity/tables.ts'

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

const products = [
  { sku: 'MUG-CLASSIC', name: 'Classic mug', description: 'Stoneware, 330 ml.', price: eur(1290) },
  { sku: 'MUG-ENAMEL', name: 'Enamel mug', description: 'Steel with white enamel, 350 ml.', price: eur(1490) },
  { sku: 'TEE-BLACK-M', name: 'T-shirt, black, M', description: 'Organic cotton.', price: eur(2490) },
  { sku: 'TEE-BLACK-L', name: 'T-shirt, black, L', description: 'Organic cotton.', price: eur(2490) },
  { sku: 'HOODIE-GREY-M', name: 'Hoodie, grey, M', description: 'Brushed inside, with pockets.', price: eur(5490) },
  { sku: 'CAP-NAVY', name: 'Cap, navy', description: 'Six panels, adjustable.', price: eur(1990) },
  { sku: 'TOTE-NATURAL', name: 'Tote bag', description: 'Heavy canvas with long handles.', price: eur(1590) },
  { sku: 'NOTEBOOK-A5', name: 'Notebook A5', description: '192 dotted pages, lies flat.', price: eur(1190) },
  { sku: 'PEN-GEL-05', name: 'Gel pen 0.5', description: 'Black, refillable.', price: eur(290) },
  { sku: 'STICKER-SET', name: 'Sticker set', description: 'Twelve weatherproof stickers.', price: eur(590) },
  { sku: 'BOTTLE-STEEL', name: 'Steel bottle', description: 'Insulated, 750 ml.', price: eur(2990) },
  { sku: 'LAMP-DESK', name: 'Desk lamp', description: 'Warm light, dimmable, USB-C.', price: eur(7900) },
] as const

/** Beside the dozen that is always to be had: one that is nearly gone, so that "out of stock" can be tried. */
const scarce = {
  sku: 'ZINE-LIMITED',
  name: 'Zine, first printing',
  description: 'Forty pages; three copies are left.',
  price: eur(890),
} as const

const accounts = [
  { email: 'customer@demo.test', password: 'customer-demo-1', name: 'Demo Customer', role: 'customer' },
  { email: 'support@demo.test', password: 'support-demo-1', name: 'Demo Support', role: 'support' },
  { email: 'admin@demo.test', password: 'admin-demo-1', name: 'Demo Admin', role: 'admin' },
  { email: 'admin2@demo.test', password: 'admin-demo-2', name: 'Second Demo Admin', role: 'admin' },
] as const

/** In stock of each product when it is created, and never again: levels belong to the orders from then on. */
const firstDelivery = (sku: string): number => (sku === scarce.sku ? 3 : 5_000)

/** What a visitor needs to try everything. Run again, it adds only what is missing; several may run it at once. */
export async function seedDemo(databases: {
  readonly identity: Kysely<IdentityTables>
  readonly stock: Kysely<StockTables>
}): Promise<void> {
  for (const product of [...products, scarce]) {
    await inTransaction(databases.stock, async (tx) => {
      if (!(await createProductWithin(tx, product))) return
      await adjustStockWithin(tx, {
        sku: product.sku,
        delta: firstDelivery(product.sku),
        reason: 'First delivery',
        actor: 'system',
      })
    })
  }
  const { identity } = databases
  for (const account of accounts) {
    const known = await identity
      .selectFrom('account')
      .select('id')
      .where('email', '=', account.email)
      .executeTakeFirst()
    if (known === undefined) await createAccount(identity, account)
  }
}
