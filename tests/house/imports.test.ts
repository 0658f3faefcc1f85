import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { check, importsOf, mayReadEnvironment, readImports, sourceFiles } from './imports.ts'

describe('the import rules of the design', () => {
  it('hold in every file', () => {
    expect(check(sourceFiles().flatMap(readImports))).toEqual([])
  })

  it('let only platform and stack read the environment', () => {
    const readers = sourceFiles().filter((file) => readFileSync(file, 'utf8').includes(['process', 'env'].join('.')))
    expect(readers.filter((file) => !mayReadEnvironment.test(file) && !file.endsWith('.test.ts'))).toEqual([])
  })

  it.each([
    ['domain/order.ts', "import { x } from '../platform/log.ts'"],
    ['workflows/order.ts', "import { Kafka } from 'kafkajs'"],
    ['workflows/order.ts', "import { x } from '../events/envelope.ts'"],
    ['workers/stock/main.ts', "import { x } from '../payment/run.ts'"],
    ['workers/payment/main.ts', "import type { App } from '../../api/app.ts'"],
    ['api/app.ts', "import { orderWorkflow } from '../workflows/order.ts'"],
    ['api/app.ts', "import { Kafka } from 'kafkajs'"],
    ['events/consumer.ts', "import { x } from '../workers/process.ts'"],
    ['platform/log.ts', "import { x } from '../events/kafka.ts'"],
    ['client/index.ts', "import { problemKinds } from '../api/problem.ts'"],
    ['client/index.ts', "import type { Order } from '../domain/order.ts'"],
    ['client/index.ts', "import { readFile } from 'fs/promises'"],
    ['web/src/http/contract.ts', "import { isOver } from '../../../domain/order.ts'"],
    ['api/app.ts', "import { makeClient } from '../client/index.ts'"],
    ['chaos/world.ts', "import { makeWork } from '../workers/stock/reservations.ts'"],
    ['verify/main.ts', "import { run } from '../chaos/run.ts'"],
  ])('see a planted violation in %s: %s', (file, source) => {
    expect(check(importsOf(file, source))).not.toEqual([])
  })
})
