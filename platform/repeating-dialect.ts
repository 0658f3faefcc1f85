import type { DatabaseConnection, Dialect, Driver } from 'kysely'
import { repeated } from './transactions.ts'

const tries = 5

/**
 * Does a statement again that stands for itself and was given up in a deadlock: nothing of it was kept, and no caller
 * could do anything else. Within a transaction the deadlock goes to whoever began it, as the statements before are gone
 * too; see `inTransaction`.
 */
export const repeatingDialect = (dialect: Dialect): Dialect => ({
  createDriver: () => repeatingDriver(dialect.createDriver()),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (database) => dialect.createIntrospector(database),
})

type Lent = { readonly inner: DatabaseConnection; inTransaction: boolean }

/** Without savepoints, which nobody uses. */
function repeatingDriver(driver: Driver): Driver {
  const lent = new WeakMap<DatabaseConnection, Lent>()

  function lentOf(connection: DatabaseConnection): Lent {
    const found = lent.get(connection)
    if (found === undefined) throw new Error('a connection that is not lent by this driver')
    return found
  }

  return {
    init: () => driver.init(),
    destroy: () => driver.destroy(),
    async acquireConnection() {
      const inner = await driver.acquireConnection()
      const state: Lent = { inner, inTransaction: false }
      const connection: DatabaseConnection = {
        executeQuery: <Row>(query: Parameters<DatabaseConnection['executeQuery']>[0]) => {
          const execute = () => inner.executeQuery<Row>(query)
          return state.inTransaction ? execute() : repeated(execute, tries)
        },
        streamQuery: (query, chunkSize) => inner.streamQuery(query, chunkSize),
      }
      lent.set(connection, state)
      return connection
    },
    releaseConnection: (connection) => driver.releaseConnection(lentOf(connection).inner),
    async beginTransaction(connection, settings) {
      const state = lentOf(connection)
      state.inTransaction = true
      await driver.beginTransaction(state.inner, settings)
    },
    async commitTransaction(connection) {
      const state = lentOf(connection)
      await driver.commitTransaction(state.inner)
      state.inTransaction = false
    },
    async rollbackTransaction(connection) {
      const state = lentOf(connection)
      await driver.rollbackTransaction(state.inner)
      state.inTransaction = false
    },
  }
}
